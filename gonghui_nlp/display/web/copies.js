"use strict";
(() => {
  document.documentElement.classList.remove("early");
  const form = document.getElementById("search");
  if (!form) return;
  const rows = [...document.querySelectorAll(".list tbody tr")].map(tr => [tr, (tr.dataset.names + " " + tr.textContent).toLowerCase()]);
  form.addEventListener("submit", e => e.preventDefault());
  form.addEventListener("input", () => {
    const query = form.elements.query.value.trim().toLowerCase();
    let n = 0;
    for (const [tr, words] of rows) {
      tr.hidden = !words.includes(query);
      n += !tr.hidden;
    }
    form.elements.hits.value = query ? form.dataset.shown.replace("{n}", n).replace("{all}", rows.length) : "";
  });
})();
