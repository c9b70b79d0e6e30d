// Working days as announced. Days are counted from 1970-01-01; a year that has not been announced is refused in words.
function Calendar(data) {
  const DAY = 86400000;
  const years = new Map(data.years.map((year) => [year.year, year]));
  const worked = new Set(data.years.flatMap((year) => year.worked));
  const own = new Map(data.arranged.map(([date, works, occasion]) => [date, { works, occasion }]));

  function read(text) {
    const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (!parts) return null;
    const day = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / DAY;
    return write(day) === text ? day : null;
  }
  function write(day) { return new Date(day * DAY).toISOString().slice(0, 10); }
  function holiday(text) {
    const year = years.get(Number(text.slice(0, 4)));
    return year && year.holidays.find(([, first, last]) => first <= text && text <= last);
  }
  function isWorked(day) {
    const text = write(day);
    if (own.has(text)) return own.get(text).works;
    const year = Number(text.slice(0, 4));
    if (!years.has(year)) {
      const all = data.years.map((one) => one.year);
      throw new Error(`算不出日期：国务院办公厅还没有公布${year}年的放假安排（本程序收有${all[0]}至${all[all.length - 1]}年），哪天上班不能猜`);
    }
    if (worked.has(text)) return true;
    const weekday = new Date(day * DAY).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !holiday(text);
  }
  function workedFrom(day) {
    while (!isWorked(day)) day++;
    return day;
  }
  // The last day of a period; the day it begins with is not counted.
  function end(start, length, unit) {
    if (unit === "natural-day") return workedFrom(start + wholeDays(length));
    let days = length;
    if (unit !== "working-day" && length.n !== BigInt(0)) {
      const per = data.perDay[unit];
      if (!per) throw new Error(`算不出日期：工作区清单的“换算”没有写1工作日合多少${data.unitWords[unit]}`);
      days = times(length, number(per));
    }
    let day = start;
    for (let left = wholeDays(days); left > 0; left--) day = workedFrom(day + 1);
    return day;
  }
  // The occasions of the days off after `start` up to `last`, each once.
  function occasions(start, last) {
    const found = [];
    for (let day = start + 1; day <= last; day++) {
      const text = write(day);
      const off = own.has(text) ? !own.get(text).works && own.get(text).occasion : (holiday(text) || [])[0];
      if (off && found[found.length - 1] !== off) found.push(off);
    }
    return found;
  }
  return { read, write, workedFrom, end, occasions };
}

// The dates of a case from the day of application; throws where the calendar does not reach.
function dates(data, calendar, time, applied) {
  const accepted = calendar.workedFrom(applied);
  const promised = data.promise ? calendar.end(accepted, data.promise.amount, data.promise.unit) : null;
  const known = time && time.length ? time : null;
  const tasks = known ? known.tasks.map((task) => calendar.end(accepted, task.finish, data.unit)) : [];
  const finished = known ? calendar.end(accepted, known.length, data.unit) : null;
  const last = Math.max(promised ?? accepted, finished ?? accepted);
  return { applied, accepted, tasks, finished, promised, holidays: calendar.occasions(accepted, last) };
}
