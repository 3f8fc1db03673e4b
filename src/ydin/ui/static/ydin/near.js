// "Near me": the browser is asked on a click only; the place is rounded before it leaves the browser.
(() => {
  "use strict";
  const button = document.querySelector("[data-near]");
  if (!button || !navigator.geolocation) return;
  const said = document.querySelector("[data-near-said]");
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    said.textContent = button.dataset.near;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const to = new URL(location.href);
      for (const name of ["page", "q"]) to.searchParams.delete(name);
      to.searchParams.set("lat", coords.latitude.toFixed(1));
      to.searchParams.set("lon", coords.longitude.toFixed(1));
      location.assign(to);
    }, () => {
      button.disabled = false;
      said.textContent = button.dataset.failed;
    }, { maximumAge: 600000, timeout: 10000 });
  });
})();
