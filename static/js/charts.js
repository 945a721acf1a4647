// Draws the figures that the page carries as JSON. Without this file the table beside each figure says the same.
const CONFIG = { locale: "nl", responsive: true, displayModeBar: false, displaylogo: false, showSendToCloud: false, plotlyServerURL: "" };
const DUTCH = {
  moduleType: "locale",
  name: "nl",
  dictionary: {},
  format: {
    days: ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
    shortDays: ["zo", "ma", "di", "wo", "do", "vr", "za"],
    months: ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
    shortMonths: ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    date: "%d-%m-%Y",
    decimal: ",",
    thousands: ".",
  },
};

function draw(element) {
  const figure = JSON.parse(document.getElementById(element.dataset.plot).textContent);
  const heading = element.closest("figure")?.querySelector(".chart__title");
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", heading?.textContent.trim() ?? document.title);
  globalThis.Plotly.newPlot(element, figure.data, figure.layout, CONFIG);
}

if (globalThis.Plotly) {
  globalThis.Plotly.register(DUTCH);
  document.querySelectorAll("[data-plot]").forEach(draw);
}
