// Results while a reader writes. Without this script the form beside them does the same at each press of its button.
(() => {
  "use strict";
  const form = document.querySelector("[data-search]");
  const found = document.querySelector("[data-found]");
  const status = document.querySelector("[data-status]");
  const pause = 250;
  let timer;
  let request;

  function address() {
    const given = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(given).toString();
    return form.getAttribute("action") + (query && `?${query}`);
  }

  async function show() {
    const wanted = address();
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(`${wanted}${wanted.includes("?") ? "&" : "?"}fragment=1`, { signal: request.signal });
      const text = await answer.text();
      if (answer.status !== 200 && answer.status !== 400) {
        return;
      }
      const open = found.querySelector("details")?.open;
      found.innerHTML = text;
      if (open) {
        found.querySelector("details")?.setAttribute("open", "");
      }
      history.replaceState(null, "", wanted);
      status.textContent = found.querySelector("[data-count]")?.textContent.trim() ?? "";
    } catch (error) {
      if (error.name !== "AbortError") {
        status.textContent = "";
      }
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, pause);
  });
})();
