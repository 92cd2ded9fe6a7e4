// Scales of charts: values to places, and round numbers for the axes.

/** A function from a range of values to a range of places. */
export function linear([from, to], [start, end]) {
  const span = to - from || 1;
  return (value) => start + ((value - from) / span) * (end - start);
}

/** Round values within a range, about `wanted` of them. */
export function ticks(from, to, wanted = 4) {
  const rough = (to - from || 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const all = [];
  for (let value = Math.ceil(from / step) * step; value <= to + step / 1000; value += step)
    all.push(Number(value.toFixed(6)));
  return all;
}
