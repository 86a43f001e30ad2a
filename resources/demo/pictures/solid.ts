/**
 * The solids of the drawn estate: boxes, boxes with a narrower top, and ellipsoids, each in a frame of its own.
 * Units are metres; x to the right, y up, z away from the gate.
 */
export type Vec = readonly [number, number, number];

/** What a point of a surface looks like: reflectance 0 to 1 and own light (linear, 1 is white on screen). */
export interface Look {
  readonly colour: Vec;
  readonly glow?: Vec;
}

/** Gives the look at a local point; `n` is the local normal, `far` the distance to the camera in metres. */
export type Paint = (p: Vec, n: Vec, far: number) => Look;

/** An orthonormal frame: origin and three axes in world coordinates. */
export interface Frame {
  readonly o: Vec;
  readonly x: Vec;
  readonly y: Vec;
  readonly z: Vec;
}

export interface Solid {
  readonly frame: Frame;
  readonly kind: 'box' | 'hull' | 'ellipsoid';
  /** Half sizes, or the radii of an ellipsoid. */
  readonly half: Vec;
  /** Planes `a·x + b·y + c·z = d` of a hull, outward, four numbers each. */
  readonly planes: Float64Array;
  readonly radius: number;
  readonly paint: Paint;
  /** Leaves: parts of the outline are left out. */
  readonly leafy: boolean;
}

export interface Hit {
  t: number;
  nx: number;
  ny: number;
  nz: number;
}

/** A frame at `o`, turned by `yaw` around the vertical and then by `pitch` around its own x axis and `roll` around z (radians). */
export const frameAt = (o: Vec, yaw = 0, pitch = 0, roll = 0): Frame => {
  const [cy, sy, cp, sp, cr, sr] = [
    Math.cos(yaw),
    Math.sin(yaw),
    Math.cos(pitch),
    Math.sin(pitch),
    Math.cos(roll),
    Math.sin(roll),
  ];
  const turn = ([x, y, z]: Vec): Vec => {
    const [rx, ry] = [x * cr - y * sr, x * sr + y * cr];
    const [py, pz] = [ry * cp - z * sp, ry * sp + z * cp];
    return [rx * cy + pz * sy, py, -rx * sy + pz * cy];
  };
  return { o, x: turn([1, 0, 0]), y: turn([0, 1, 0]), z: turn([0, 0, 1]) };
};

/** The world point of a local one. */
export const toWorld = (f: Frame, [x, y, z]: Vec): Vec => [
  f.o[0] + f.x[0] * x + f.y[0] * y + f.z[0] * z,
  f.o[1] + f.x[1] * x + f.y[1] * y + f.z[1] * z,
  f.o[2] + f.x[2] * x + f.y[2] * y + f.z[2] * z,
];

/** A direction of the frame in world coordinates. */
export const turnToWorld = (f: Frame, x: number, y: number, z: number): Vec => [
  f.x[0] * x + f.y[0] * y + f.z[0] * z,
  f.x[1] * x + f.y[1] * y + f.z[1] * z,
  f.x[2] * x + f.y[2] * y + f.z[2] * z,
];

const none = new Float64Array(0);

export const plain = (r: number, g: number, b: number): Paint => {
  const look: Look = { colour: [r, g, b] };
  return () => look;
};

export const lamp = (r: number, g: number, b: number): Paint => {
  const bright = Math.max(r, g, b, 0.001);
  const look: Look = { colour: [(0.7 * r) / bright, (0.7 * g) / bright, (0.7 * b) / bright], glow: [r, g, b] };
  return () => look;
};

export const box = (frame: Frame, half: Vec, paint: Paint): Solid => ({
  frame,
  kind: 'box',
  half,
  planes: none,
  radius: Math.hypot(...half),
  paint,
  leafy: false,
});

export const ball = (frame: Frame, half: Vec, paint: Paint, leafy = false): Solid => ({
  frame,
  kind: 'ellipsoid',
  half,
  planes: none,
  radius: Math.max(...half),
  paint,
  leafy,
});

/** A box whose top is narrower: `front` and `back` metres less along z, `side` metres less on either side of x. */
export const hull = (
  frame: Frame,
  half: Vec,
  inset: { front: number; back: number; side: number },
  paint: Paint,
): Solid => {
  const [hx, hy, hz] = half;
  const slope = (axis: 0 | 2, sign: number, by: number): number[] => {
    const n = [0, by / (2 * hy), 0];
    n[axis] = sign;
    const length = Math.hypot(...n);
    const reach = (axis === 0 ? hx : hz) - by / 2;
    return [...n.map((c) => c / length), reach / length];
  };
  const planes = Float64Array.from([
    0,
    1,
    0,
    hy,
    0,
    -1,
    0,
    hy,
    ...slope(0, 1, inset.side),
    ...slope(0, -1, inset.side),
    ...slope(2, 1, inset.front),
    ...slope(2, -1, inset.back),
  ]);
  return { frame, kind: 'hull', half, planes, radius: Math.hypot(...half), paint, leafy: false };
};

const enterBox = (h: Vec, o: Vec, d: Vec, hit: Hit): boolean => {
  let [near, far, axis] = [-Infinity, Infinity, 0];
  for (let k = 0; k < 3; k += 1) {
    const [ok, dk, hk] = [o[k] ?? 0, d[k] ?? 0, h[k] ?? 0];
    if (Math.abs(dk) < 1e-9) {
      if (Math.abs(ok) > hk) return false;
      continue;
    }
    const [a, b] = dk > 0 ? [(-hk - ok) / dk, (hk - ok) / dk] : [(hk - ok) / dk, (-hk - ok) / dk];
    if (a > near) [near, axis] = [a, k];
    if (b < far) far = b;
    if (near > far) return false;
  }
  if (near < 1e-4 || near >= hit.t) return false;
  hit.t = near;
  const sign = (d[axis] ?? 0) > 0 ? -1 : 1;
  hit.nx = axis === 0 ? sign : 0;
  hit.ny = axis === 1 ? sign : 0;
  hit.nz = axis === 2 ? sign : 0;
  return true;
};

const enterHull = (planes: Float64Array, o: Vec, d: Vec, hit: Hit): boolean => {
  let [near, far, at] = [-Infinity, Infinity, 0];
  for (let k = 0; k < planes.length; k += 4) {
    const [a, b, c, e] = [planes[k] ?? 0, planes[k + 1] ?? 0, planes[k + 2] ?? 0, planes[k + 3] ?? 0];
    const out = a * o[0] + b * o[1] + c * o[2] - e;
    const along = a * d[0] + b * d[1] + c * d[2];
    if (Math.abs(along) < 1e-9) {
      if (out > 0) return false;
      continue;
    }
    const t = -out / along;
    if (along < 0) {
      if (t > near) [near, at] = [t, k];
    } else if (t < far) far = t;
    if (near > far) return false;
  }
  if (near < 1e-4 || near >= hit.t) return false;
  hit.t = near;
  hit.nx = planes[at] ?? 0;
  hit.ny = planes[at + 1] ?? 0;
  hit.nz = planes[at + 2] ?? 0;
  return true;
};

const enterBall = ([a, b, c]: Vec, o: Vec, d: Vec, hit: Hit): boolean => {
  const [ox, oy, oz, dx, dy, dz] = [o[0] / a, o[1] / b, o[2] / c, d[0] / a, d[1] / b, d[2] / c];
  const dd = dx * dx + dy * dy + dz * dz;
  const half = ox * dx + oy * dy + oz * dz;
  const root = half * half - dd * (ox * ox + oy * oy + oz * oz - 1);
  if (root < 0) return false;
  const t = (-half - Math.sqrt(root)) / dd;
  if (t < 1e-4 || t >= hit.t) return false;
  const [nx, ny, nz] = [(ox + dx * t) / a, (oy + dy * t) / b, (oz + dz * t) / c];
  const length = Math.hypot(nx, ny, nz);
  hit.t = t;
  hit.nx = nx / length;
  hit.ny = ny / length;
  hit.nz = nz / length;
  return true;
};

/** Sets `hit` (local normal) when the ray from `o` along the unit vector `d` meets the solid nearer than `hit.t`. */
export const meet = (solid: Solid, o: Vec, d: Vec, hit: Hit): boolean => {
  const { frame: f, radius } = solid;
  const [px, py, pz] = [o[0] - f.o[0], o[1] - f.o[1], o[2] - f.o[2]];
  const along = px * d[0] + py * d[1] + pz * d[2];
  const apart = px * px + py * py + pz * pz - along * along;
  if (apart > radius * radius || -along + radius < 0 || -along - radius > hit.t) return false;
  const lo: Vec = [
    px * f.x[0] + py * f.x[1] + pz * f.x[2],
    px * f.y[0] + py * f.y[1] + pz * f.y[2],
    px * f.z[0] + py * f.z[1] + pz * f.z[2],
  ];
  const ld: Vec = [
    d[0] * f.x[0] + d[1] * f.x[1] + d[2] * f.x[2],
    d[0] * f.y[0] + d[1] * f.y[1] + d[2] * f.y[2],
    d[0] * f.z[0] + d[1] * f.z[1] + d[2] * f.z[2],
  ];
  if (solid.kind === 'box') return enterBox(solid.half, lo, ld, hit);
  return solid.kind === 'hull' ? enterHull(solid.planes, lo, ld, hit) : enterBall(solid.half, lo, ld, hit);
};
