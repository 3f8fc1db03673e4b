// The operator's tiles under the same places; our own drawing stays where this cannot run.
(() => {
  "use strict";
  const box = document.querySelector("[data-tiles]");
  if (!box || !window.L) return;
  const { url, attribution, places } = JSON.parse(document.getElementById("map-tiles").textContent);
  const holder = document.createElement("div");
  box.replaceChildren(holder);
  const map = L.map(holder, { scrollWheelZoom: false });
  L.tileLayer(url, { attribution, maxZoom: 18 }).addTo(map);
  for (const place of places) {
    const mark = document.createElement("span");
    mark.className = `map-number ${place.state}`;
    mark.textContent = place.mark || "•";
    const icon = L.divIcon({ html: mark, className: "map-pin", iconSize: [30, 30] });
    const marker = L.marker(place.at, { icon, title: place.name, alt: place.name }).addTo(map);
    if (place.url) marker.on("click", () => location.assign(place.url));
  }
  map.fitBounds(L.latLngBounds(places.map((place) => place.at)).pad(0.2), { maxZoom: 10 });
})();
