/* Draws the charts and maps of a page with Observable Plot, from the JSON that stands in the page (the same as `charts`
   in the page's own .json). Every mark is a link to its quote; under the pointer and with the keyboard it says what it is. */
(() => {
  "use strict";
  const INK = { operating: "--good", partly_operating: "--good", done: "--good", building: "--s2", disputed: "--s2",
    implausible: "--s2", cancelled: "--bad", shelved: "--bad", part: "--quiet", phase: "--quiet", programme: "--quiet",
    retracted: "--quiet" };
  const HOLLOW = new Set(["disputed", "implausible", "part", "phase", "programme", "retracted"]);
  const ink = (mark) => `var(${INK[mark.kind] ?? "--s1"})`;
  const asIs = (value) => ({ value, scale: null });
  const day = (text) => (text === null ? null : new Date(`${text}T00:00:00Z`));
  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
  const said = { href: "href", ariaLabel: "text", title: "text", tip: { ariaHidden: true } };
  const beside = { ariaHidden: true };

  function history(chart, width) {
    const value = (end) => (end === null ? null : chart.y.dates ? day(end) : end / chart.y.per);
    const rows = chart.marks.map((mark) => {
      const low = value(mark.low), high = value(mark.high);
      const middle = low === null ? high : high === null ? low : (Number(low) + Number(high)) / 2;
      return { ...mark, on: day(mark.on), low, high, at: chart.y.dates ? new Date(Number(middle)) : Number(middle) };
    }).sort((a, b) => a.on - b.on);
    const plan = rows.filter((row) => row.joined).map(({ on, at }) => ({ on, at }));
    const today = day(chart.today);
    if (plan.length && today > plan.at(-1).on) plan.push({ on: today, at: plan.at(-1).at });
    const open = (from, rotate) => Plot.vector(rows.filter(from), { x: "on", y: "at", length: 20, rotate, anchor: "start",
      stroke: asIs(ink), strokeWidth: 2, ...beside });
    return Plot.plot({
      width, height: Math.min(320, 160 + width / 4), marginLeft: 64, marginBottom: 44, marginTop: 28, insetLeft: 14, insetRight: 14,
      x: { type: "utc", label: chart.x.title, ticks: Math.max(3, Math.min(8, width / 110)) },
      y: { type: chart.y.dates ? "utc" : "linear", label: chart.y.title, grid: true, ticks: 5, nice: true,
        zero: !chart.y.dates, tickFormat: chart.y.dates ? undefined : (n) => number.format(n) },
      marks: [
        Plot.line(plan, { x: "on", y: "at", curve: "step-after", stroke: "var(--s1)", strokeOpacity: 0.55, strokeWidth: 2, ...beside }),
        Plot.ruleX(rows.filter((row) => row.low !== null && row.high !== null), { x: "on", y1: "low", y2: "high",
          stroke: asIs(ink), strokeWidth: 2.5, ...beside }),
        open((row) => row.low === null, 180),
        open((row) => row.high === null, 0),
        Plot.dot(rows, { x: "on", y: "at", r: 5.5, fill: asIs((row) => HOLLOW.has(row.kind) ? "var(--sheet)" : ink(row)),
          stroke: asIs((row) => HOLLOW.has(row.kind) ? ink(row) : "var(--sheet)"), strokeWidth: 2, ...said }),
      ],
    });
  }

  /* Names stand beside the bars where there is room, and are cut where there is little. */
  function named(chart, width) {
    const left = Math.min(220, width * 0.36), most = Math.floor((left - 12) / 6.8);
    const names = chart.marks.map((mark) => mark.name.length > most ? mark.name.slice(0, most - 1).trimEnd() + "…" : mark.name);
    return { marginLeft: left, marginTop: 28, marginBottom: 44, height: 72 + 24 * names.length,
      y: { label: null, domain: names.keys(), tickFormat: (at) => names[at], tickSize: 0, padding: 0.35 } };
  }
  const place = (_, at) => at;

  function timeline(chart, width) {
    const rows = chart.marks.map((mark) => ({ ...mark, first: day(mark.first), last: day(mark.last) }));
    const today = [day(chart.today)];
    return Plot.plot({
      width, ...named(chart, width), marginTop: 52,
      x: { type: "utc", axis: "both", label: chart.x.title, grid: true, nice: true, ticks: Math.max(3, Math.min(9, width / 110)) },
      marks: [
        Plot.barX(rows, { x1: "first", x2: "last", y: place, fill: asIs(ink), fillOpacity: asIs((row) => row.open ? 0.5 : 1),
          insetLeft: -2, insetRight: -2, rx: 3, ...said }),
        Plot.ruleX(today, { stroke: "var(--bad)", strokeDasharray: "3 3", ...beside }),
        Plot.text(today, { x: (on) => on, text: () => "today", frameAnchor: "top", dy: -40, fill: "var(--bad)", ...beside }),
      ],
    });
  }

  function bars(chart, width) {
    const value = (end) => (end === null ? null : end / chart.x.per);
    const rows = chart.marks.map((mark) => {
      const low = value(mark.low), high = value(mark.high);
      return { ...mark, firm: low ?? 0, far: Math.max(low ?? 0, high ?? 0) };
    });
    return Plot.plot({
      width, ...named(chart, width),
      x: { label: chart.x.title, grid: true, nice: true, zero: true, ticks: Math.max(3, Math.min(8, width / 110)),
        tickFormat: (n) => number.format(n) },
      marks: [
        Plot.barX(rows, { x: "far", y: place, fill: asIs(ink), fillOpacity: 0.45, rx: 3, ...said }),
        Plot.barX(rows, { x: "firm", y: place, fill: asIs(ink), rx: 3, pointerEvents: "none", ...beside }),
      ],
    });
  }

  async function map(chart, width, box) {
    const load = (address) => (address ? fetch(address).then((answer) => answer.json()) : null);
    const [countries, states] = await Promise.all([load(box.dataset.countries), load(box.dataset.states)]);
    const { west, south, east, north } = chart.region;
    const middle = [(west + east) / 2, (south + north) / 2];
    const domain = { type: "MultiPoint", coordinates: [west, middle[0], east].flatMap((x) => [south, middle[1], north].map((y) => [x, y])) };
    const wide = east - west > 180;
    const projection = wide ? { type: "equal-earth", rotate: [-middle[0], 0], domain }
      : { type: "azimuthal-equal-area", rotate: [-middle[0], -middle[1]], domain };
    const lines = (topology, name) => Plot.geo(topojson.mesh(topology, topology.objects[name], (a, b) => a !== b),
      { stroke: "var(--border)", strokeWidth: name === "states" ? 0.5 : 0.8, ...beside });
    const largest = (wide ? 13 : 22) * Math.min(1, 0.45 + width / 1600);
    const radius = (mark) => mark.kind === "here" ? 8
      : mark.size === null ? 3.2 : 3.5 + (largest - 3.5) * Math.sqrt(Math.min(1, mark.size / 5000));
    const hollow = (mark) => mark.size === null && mark.kind !== "here";
    return Plot.plot({
      width, margin: 0, projection,
      marks: [
        Plot.geo(topojson.feature(countries, countries.objects.land), { fill: "var(--land)", ...beside }),
        states && lines(states, "states"),
        lines(countries, "countries"),
        Plot.dot(chart.marks, { x: "longitude", y: "latitude", r: asIs(radius), fill: asIs((mark) => hollow(mark) ? "var(--sheet)" : ink(mark)),
          fillOpacity: asIs((mark) => hollow(mark) ? 0.9 : 0.6), stroke: asIs((mark) => hollow(mark) ? ink(mark) : "var(--sheet)"),
          strokeWidth: 1.2, ...said }),
      ],
    });
  }

  const KINDS = { history, timeline, bars, map };
  const NARROWEST = 160; // Less is no page but one in the making, as for a picture or for print.

  async function draw(box, chart) {
    const width = box.clientWidth;
    if (width < NARROWEST || width === box.drawn) return;
    box.drawn = width;
    const svg = await KINDS[chart.kind](chart, width, box);
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", chart.title);
    for (const shape of svg.querySelectorAll(":is(circle, rect, path)[aria-label]")) {
      const link = shape.closest("a");
      if (link) { link.setAttribute("aria-label", shape.getAttribute("aria-label")); shape.removeAttribute("aria-label"); }
      else shape.setAttribute("role", "img");
    }
    box.replaceChildren(svg);
  }

  /* Plot shows its tip under the pointer; the keyboard gets the same tip where the focus is. */
  function point(event) {
    const svg = event.currentTarget.querySelector("svg"), shape = event.target.closest("a")?.firstElementChild;
    if (!svg || !shape) return;
    const { left, top, width, height } = shape.getBoundingClientRect();
    const kind = event.type === "focusin" ? "pointermove" : "pointerleave";
    svg.dispatchEvent(new PointerEvent(kind, { clientX: left + width / 2, clientY: top + height / 2, pointerType: "mouse" }));
  }

  const data = document.getElementById("chart-data");
  const charts = data ? JSON.parse(data.textContent) : {};
  const resized = new ResizeObserver((entries) => entries.forEach(({ target }) => draw(target, charts[target.dataset.chart])));
  for (const box of document.querySelectorAll("[data-chart]")) {
    box.addEventListener("focusin", point);
    box.addEventListener("focusout", point);
    resized.observe(box);
  }
})();
