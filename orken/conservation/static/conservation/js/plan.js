// A plan put together by buttons: the numbers in the form stay the truth, the list only shows and moves them.
for (const form of document.querySelectorAll("[data-plan]")) {
  const list = form.querySelector("[data-plan-steps]");
  const empty = form.querySelector("[data-plan-empty]");
  const rows = [...form.querySelectorAll("[data-step]")];
  const input = (row) => row.querySelector("input");
  const chosen = () => rows.filter((row) => input(row).value.trim()).sort((a, b) => Number(input(a).value) - Number(input(b).value));

  form.querySelector("[data-plan-list]").hidden = false;
  form.querySelector("[data-plan-plain]").hidden = true;
  for (const row of rows) {
    input(row).hidden = true;
    const add = row.querySelector("[data-add]");
    add.hidden = false;
    add.addEventListener("click", () => {
      input(row).value = String(chosen().length + 1);
      draw(row, "out");
    });
  }

  function button(text, name, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn quiet";
    made.textContent = text;
    const said = document.createElement("span");
    said.className = "vh";
    said.textContent = `: ${name}`;
    made.append(said);
    made.addEventListener("click", act);
    return made;
  }

  function move(row, by) {
    const order = chosen();
    const at = order.indexOf(row);
    const other = order[at + by];
    if (!other) return;
    [input(row).value, input(other).value] = [input(other).value, input(row).value];
    draw(row, by < 0 ? "up" : "down");
  }

  function draw(row, focus) {
    const order = chosen();
    order.forEach((one, place) => { input(one).value = String(place + 1); });
    list.replaceChildren(...order.map((one) => {
      const item = document.createElement("li");
      const text = document.createElement("div");
      text.textContent = one.dataset.name;
      const acts = document.createElement("div");
      acts.className = "row";
      const up = button(list.dataset.up, one.dataset.step, () => move(one, -1));
      const down = button(list.dataset.down, one.dataset.step, () => move(one, 1));
      const out = button(list.dataset.out, one.dataset.step, () => { input(one).value = ""; draw(one, "add"); });
      acts.append(up, down, out);
      item.append(text, acts);
      // The pressed button keeps the focus though its row moved; at an end the other one takes it.
      if (one === row && focus !== "add") queueMicrotask(() => ({ up, down, out })[focus].focus());
      return item;
    }));
    for (const one of rows) one.querySelector("[data-add]").hidden = Boolean(input(one).value.trim());
    if (row && focus === "add") row.querySelector("[data-add]").focus();
    empty.hidden = order.length > 0;
  }

  draw();
}
