/**
 * How the picture lies on the screen. OpenSeadragon shows it in depth (drawn on a plain canvas, so that no WebGL is
 * needed); where that script did not come, the small picture stands in and everything else works.
 */
export function camera(stage, data) {
  return "OpenSeadragon" in window ? new Deep(stage, data) : new Flat(stage, data);
}

class Deep {
  constructor(stage, data) {
    this.data = data;
    this.image = stage.querySelector("img");
    const holder = document.createElement("div");
    holder.className = "deep";
    stage.append(holder);
    // OpenSeadragon writes a style element of its own unless it finds one; our pages allow none, so it finds this.
    if (!document.querySelector("style[data-openseadragon-mobile-css]")) {
      const stand = document.createElementNS("urn:orken", "style");
      stand.setAttribute("data-openseadragon-mobile-css", "true");
      document.head.append(stand);
    }
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.viewer = window.OpenSeadragon({
      element: holder,
      drawer: "canvas",
      tileSources: this.source(data.lights[0]),
      showNavigationControl: false,
      keyboardNavEnabled: false,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      gestureSettingsTouch: { clickToZoom: false },
      animationTime: still ? 0 : 0.4,
      springStiffness: 9,
      maxZoomPixelRatio: 4,
      visibilityRatio: 0.6,
      minZoomImageRatio: 0.8,
      imageLoaderLimit: 4,
      crossOriginPolicy: false,
      tabIndex: "", // the stage itself takes the focus
    });
    this.viewer.addOnceHandler("open", () => {
      this.image.hidden = true;
      stage.dataset.open = "deep";
    });
  }

  source(light) {
    const { width, height, tileSize, maxLevel } = this.data;
    return {
      width,
      height,
      tileSize,
      tileOverlap: 0,
      minLevel: Math.min(8, maxLevel),
      maxLevel,
      getTileUrl: (level, x, y) => light.tiles.replace("{level}", level).replace("{x}", x).replace("{y}", y),
    };
  }

  get item() {
    return this.viewer.world.getItemAt(0);
  }

  /** Another light on the same place: the new tiles come over the old ones, which go when the new are there. */
  light(light) {
    const old = this.item;
    this.viewer.addTiledImage({
      tileSource: this.source(light),
      success: ({ item }) => {
        const done = () => {
          if (old && this.viewer.world.getIndexOfItem(old) >= 0) this.viewer.world.removeItem(old);
        };
        if (item.getFullyLoaded()) done();
        else item.addOnceHandler("fully-loaded-change", done);
      },
    });
  }

  onChange(heard) {
    this.viewer.addHandler("update-viewport", heard);
    this.viewer.addHandler("open", heard);
    this.viewer.addHandler("resize", heard);
  }

  onClick(heard) {
    this.viewer.addHandler("canvas-click", (event) => {
      if (event.quick) heard(this.toImage(event.position.x, event.position.y));
    });
  }

  /** Screen = image × scale + offset. */
  get view() {
    if (!this.item) return null;
    const zero = this.item.imageToViewerElementCoordinates(new window.OpenSeadragon.Point(0, 0));
    const one = this.item.imageToViewerElementCoordinates(new window.OpenSeadragon.Point(this.data.width, 0));
    return { scale: (one.x - zero.x) / this.data.width, x: zero.x, y: zero.y };
  }

  toImage(x, y) {
    const view = this.view ?? { scale: 1, x: 0, y: 0 };
    return [(x - view.x) / view.scale, (y - view.y) / view.scale];
  }

  zoom(factor, at) {
    const point = at && this.item?.viewerElementToImageCoordinates(new window.OpenSeadragon.Point(...at));
    this.viewer.viewport.zoomBy(factor, point ? this.item.imageToViewportCoordinates(point) : undefined);
    this.viewer.viewport.applyConstraints();
  }

  pan(dx, dy) {
    const delta = this.viewer.viewport.deltaPointsFromPixels(new window.OpenSeadragon.Point(dx, dy));
    this.viewer.viewport.panBy(delta);
    this.viewer.viewport.applyConstraints();
  }

  home() {
    this.viewer.viewport.goHome();
  }

  /** Show the box with some room around it. */
  show([x0, y0, x1, y1]) {
    if (!this.item) return;
    const room = Math.max(x1 - x0, y1 - y0, this.data.width / 12) * 0.6;
    const [left, top, wide, high] = [x0 - room, y0 - room, x1 - x0 + 2 * room, y1 - y0 + 2 * room];
    this.viewer.viewport.fitBounds(this.item.imageToViewportRectangle(left, top, wide, high));
  }
}

class Flat {
  constructor(stage, data) {
    this.data = data;
    this.image = stage.querySelector("img");
    stage.dataset.open = "flat";
    this.heard = [];
    new ResizeObserver(() => this.heard.forEach((one) => one())).observe(this.image);
  }

  light(light) {
    this.image.src = light.preview;
  }

  onChange(heard) {
    this.heard.push(heard);
  }

  onClick(heard) {
    this.image.addEventListener("click", (event) => heard(this.toImage(event.offsetX, event.offsetY)));
  }

  get view() {
    return { scale: this.image.clientWidth / this.data.width, x: this.image.offsetLeft, y: this.image.offsetTop };
  }

  toImage(x, y) {
    const { scale, x: left, y: top } = this.view;
    return [(x - left) / scale, (y - top) / scale];
  }

  zoom() {}
  pan() {}
  home() {}
  show() {}
}
