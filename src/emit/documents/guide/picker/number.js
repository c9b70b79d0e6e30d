// Exact fractions: lengths of time are never rounded.
const ZERO = fraction(BigInt(0), BigInt(1));

function fraction(numerator, denominator) {
  let a = numerator < 0 ? -numerator : numerator;
  let b = denominator;
  while (b) [a, b] = [b, a % b];
  return a ? { n: numerator / a, d: denominator / a } : { n: BigInt(0), d: BigInt(1) };
}

// "14.5" or "49/48", as the plan writes numbers.
function number(text) {
  const parts = /^(-?)(\d+)(?:\.(\d+)|\/(\d+))?$/.exec(text);
  if (!parts) return null;
  const decimals = parts[3] || "";
  const value = BigInt(parts[2] + decimals);
  const scale = parts[4] ? BigInt(parts[4]) : BigInt("1" + "0".repeat(decimals.length));
  return fraction(parts[1] ? -value : value, scale);
}

function add(a, b) { return fraction(a.n * b.d + b.n * a.d, a.d * b.d); }
function subtract(a, b) { return fraction(a.n * b.d - b.n * a.d, a.d * b.d); }
function times(a, b) { return fraction(a.n * b.n, a.d * b.d); }
// Below, at or above zero as a is below, at or above b.
function compare(a, b) {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}
function greatest(list) { return list.reduce((most, one) => (compare(one, most) > 0 ? one : most), ZERO); }
// Of what is not negative: the whole days, a rest of a day being one more.
function wholeDays(length) { return Number((length.n + length.d - BigInt(1)) / length.d); }

// The exact decimal; null if there is no finite one.
function decimal(value) {
  let rest = value.d;
  let places = 0;
  for (const prime of [BigInt(2), BigInt(5)]) {
    let count = 0;
    for (; rest % prime === BigInt(0); count++) rest /= prime;
    places = Math.max(places, count);
  }
  if (rest !== BigInt(1)) return null;
  const negative = value.n < 0;
  const digits = String(((negative ? -value.n : value.n) * BigInt("1" + "0".repeat(places))) / value.d).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  return (negative ? "-" : "") + whole + (places ? "." + digits.slice(digits.length - places) : "");
}

// For people: 14.5, 1又1/48.
function words(value) {
  const exact = decimal(value);
  if (exact !== null) return exact;
  const size = value.n < 0 ? -value.n : value.n;
  const whole = size / value.d;
  return (value.n < 0 ? "-" : "") + (whole ? whole + "又" : "") + (size % value.d) + "/" + value.d;
}

// As the plan writes it.
function plain(value) { return decimal(value) ?? value.n + "/" + value.d; }
