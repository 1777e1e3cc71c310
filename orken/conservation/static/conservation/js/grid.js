/** The grid of the leaf: columns A to H, rows 1 to 10; «E1–H4» is the rectangle from cell E1 to cell H4. */
export class Grid {
  constructor(width, height, columns, rows) {
    Object.assign(this, { width, height, columns, rows });
    this.wide = width / columns.length;
    this.high = height / rows;
  }

  /** The cells that a box touches, in words. */
  name([x0, y0, x1, y1]) {
    const cell = (x, y) => {
      const column = Math.min(this.columns.length - 1, Math.max(0, Math.floor(x / this.wide)));
      return this.columns[column] + Math.min(this.rows, Math.max(1, Math.floor(y / this.high) + 1));
    };
    const first = cell(x0, y0);
    const last = cell(Math.max(x0, x1 - 0.01), Math.max(y0, y1 - 0.01));
    return first === last ? first : `${first}–${last}`;
  }

  /** The box of the cells that were typed, or null. */
  parse(text) {
    const found = [...text.toUpperCase().matchAll(/([A-H])\s*(10|[1-9])(?!\d)/g)];
    const rest = text.toUpperCase().replace(/([A-H])\s*(10|[1-9])(?!\d)/g, "").replace(/[\s–—:-]/g, "");
    if (found.length < 1 || found.length > 2 || rest) return null;
    const x = found.map((one) => this.columns.indexOf(one[1]));
    const y = found.map((one) => Number(one[2]) - 1);
    return [
      Math.min(...x) * this.wide,
      Math.min(...y) * this.high,
      (Math.max(...x) + 1) * this.wide,
      (Math.max(...y) + 1) * this.high,
    ];
  }
}
