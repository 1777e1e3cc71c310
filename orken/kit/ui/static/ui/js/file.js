// A browser words its button for files in its own language; this one speaks the page's. The input stays, unseen, and does the work.
export function chosenFile() {
  for (const input of document.querySelectorAll("input[type=file][data-choose]")) {
    const button = document.createElement("button");
    const told = document.createElement("span");
    const { choose, none } = input.dataset;
    const tell = () => {
      told.textContent = [...input.files].map((file) => file.name).join(", ") || none;
    };
    button.type = "button";
    button.className = "btn";
    button.textContent = choose;
    button.id = `${input.id}_choose`;
    button.setAttribute("aria-label", `${choose}: ${input.labels[0]?.firstChild.textContent.trim() ?? ""}`);
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (input.hasAttribute(name)) button.setAttribute(name, input.getAttribute(name));
    }
    button.addEventListener("click", () => input.click());
    told.className = "muted";
    told.setAttribute("role", "status");
    input.addEventListener("change", tell);
    tell();
    input.hidden = true;
    const row = document.createElement("div");
    row.className = "row";
    row.append(button, told);
    input.after(row);
    for (const link of document.querySelectorAll(`a[href="#${input.id}"]`)) link.hash = button.id;
  }
}
