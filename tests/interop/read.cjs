// Reads calendars with ical.js and node-ical. In: {name: text}. Out: {program: {name: [entry]}}.
const fs = require("fs");
const ICAL = require("ical.js");
const nodeIcal = require("node-ical");

const instant = (date) => new Date(date).toISOString().replace(/\.\d+Z$/, "Z");

// a strict reader: a TZID without its VTIMEZONE floats, as it does for people
function withIcalJs(text) {
  const root = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of root.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  return root.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const zoned = (time) => {
      if (time.zone === ICAL.Timezone.localTimezone) throw new Error("floating time");
      return instant(time.toUnixTime() * 1000);
    };
    return {
      uid: event.uid,
      start: zoned(event.startDate),
      end: zoned(event.endDate),
      status: component.getFirstPropertyValue("status"),
      summary: event.summary,
      sequence: event.sequence,
      method: root.getFirstPropertyValue("method"),
      attendees: event.attendees.length,
    };
  });
}

function withNodeIcal(text) {
  return Object.values(nodeIcal.sync.parseICS(text))
    .filter((entry) => entry.type === "VEVENT")
    .map((event) => ({
      uid: event.uid,
      start: instant(event.start),
      end: instant(event.end),
      status: event.status,
      summary: event.summary.val || event.summary,
      sequence: Number(event.sequence),
    }));
}

const texts = JSON.parse(fs.readFileSync(0, "utf8"));
const all = (read) => Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, read(text)]));
process.stdout.write(JSON.stringify({ "ical.js": all(withIcalJs), "node-ical": all(withNodeIcal) }));
