// Equal Earth (Šavrič, Patterson and Jenny, 2018), as the shipped outlines are drawn in it: areas are true, so circles are.

const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796];
const EARTH_KM = 6371;
const WIDTH = 1000;

function raw(lon, lat) {
  const rad = Math.PI / 180;
  const theta = Math.asin((Math.sqrt(3) / 2) * Math.sin(lat * rad));
  const square = theta * theta;
  const sixth = square ** 3;
  const x =
    (2 * Math.sqrt(3) * lon * rad * Math.cos(theta)) /
    (3 * (9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1));
  return [x, -theta * (A4 * sixth * square + A3 * sixth + A2 * square + A1)];
}

const EAST = raw(180, 0)[0];
const NORTH = raw(0, 83.7)[1];
const SCALE = WIDTH / (2 * EAST);

/** Degrees to units of the map. */
export function project(lon, lat) {
  const [x, y] = raw(lon, lat);
  return [(x + EAST) * SCALE, (y - NORTH) * SCALE];
}

/** Kilometres to units of the map. */
export const kilometres = (km) => (km / EARTH_KM) * SCALE;
