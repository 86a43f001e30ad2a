/**
 * Draws a scene: every still thing once, at two by two samples a pixel with lamps, shadows and soft corners; what moves is drawn
 * over it frame by frame, hidden by what stands before it.
 */
import { createNearLists, inCone } from './near.ts';
import { noise } from './noise.ts';
import { type Hit, type Look, type Solid, type Vec, meet, turnToWorld } from './solid.ts';

export interface Light {
  readonly at: Vec;
  /** Linear, at one metre. */
  readonly colour: Vec;
  /** Radius of the glow drawn around it in metres, 0 for none. */
  readonly halo: number;
}

/** Something that moves: its solids at one moment, the soft shadow under it, and pools of its own light on the ground. */
export interface Actor {
  readonly solids: readonly Solid[];
  /** Centre and half sizes of the shadow, turned by `yaw`. */
  readonly shadow: { readonly at: Vec; readonly halfX: number; readonly halfZ: number; readonly yaw: number };
  /** Middle, radius in metres and colour of a pool of light on the ground. */
  readonly pools?: readonly { readonly at: Vec; readonly radius: number; readonly colour: Vec }[];
}

export interface Scene {
  readonly eye: Vec;
  readonly look: Vec;
  /** Horizontal angle in degrees. */
  readonly angle: number;
  readonly solids: readonly Solid[];
  readonly ground: (x: number, z: number, far: number) => Look;
  readonly sky: (up: number, side: number) => Vec;
  readonly lights: readonly Light[];
  readonly ambient: Vec;
  readonly haze: { readonly colour: Vec; readonly metres: number };
  readonly exposure: number;
  /** An infrared camera at night: no colour, a bright middle. */
  readonly infrared: boolean;
  readonly tint: Vec;
  readonly mirrored: boolean;
}

export const width = 1280;
export const height = 720;
const fine = 2;
/** What moves is drawn in patches of this many pixels. */
const patch = 8;
const wide = width * fine;
const tall = height * fine;

export interface Drawing {
  /** 8-bit RGB, three bytes a pixel, to be kept unchanged. */
  readonly still: Uint8Array;
  /** Paints what moves over `rgb`, a copy of `still`. */
  paint(actors: readonly Actor[], rgb: Uint8Array): void;
}

interface Spot {
  readonly at: Vec;
  readonly radius: number;
}

/** Spheres that cover a solid more closely than its one bounding sphere, so that a long arm does not touch half the picture. */
const spread = (solid: Solid): Spot[] => {
  const { frame: f, half } = solid;
  const long = half.indexOf(Math.max(...half));
  const axis = [f.x, f.y, f.z][long] ?? f.x;
  const thick = Math.hypot(...half.filter((_, k) => k !== long));
  const reach = Math.max(0, (half[long] ?? 0) - thick / 2);
  const steps = Math.min(12, Math.ceil(reach / Math.max(thick, 0.05)));
  return Array.from({ length: steps * 2 + 1 }, (_, k) => {
    const by = steps === 0 ? 0 : ((k - steps) / steps) * reach;
    return {
      at: [f.o[0] + axis[0] * by, f.o[1] + axis[1] * by, f.o[2] + axis[2] * by],
      radius: Math.min(solid.radius, thick * 1.3 + reach / Math.max(1, steps) / 2),
    };
  });
};

const shadowSpread = ({ at, halfX, halfZ, yaw }: Actor['shadow']): Spot[] => {
  const [long, short] = [Math.max(halfX, halfZ), Math.min(halfX, halfZ)];
  const [ax, az] = halfX >= halfZ ? [Math.cos(yaw), -Math.sin(yaw)] : [Math.sin(yaw), Math.cos(yaw)];
  return [-1.5, -1, -0.5, 0, 0.5, 1, 1.5].map((part) => ({
    at: [at[0] + ax * long * part, at[1], at[2] + az * long * part],
    radius: 1.5 * short + long * 0.1,
  }));
};

const around: readonly Vec[] = [
  [0, 1, 0],
  [0.8, 0.5, 0.2],
  [-0.5, 0.5, 0.7],
  [-0.6, 0.5, -0.6],
  [0.5, 0.5, -0.7],
];

/** Makes the drawing of one scene; takes some seconds. */
export const draw = (scene: Scene): Drawing => {
  const { eye } = scene;
  const unit = (v: Vec): Vec => {
    const l = Math.hypot(...v);
    return [v[0] / l, v[1] / l, v[2] / l];
  };
  const ahead = unit([scene.look[0] - eye[0], scene.look[1] - eye[1], scene.look[2] - eye[2]]);
  const right = unit([ahead[2], 0, -ahead[0]]);
  const up: Vec = [
    ahead[1] * right[2] - ahead[2] * right[1],
    ahead[2] * right[0] - ahead[0] * right[2],
    ahead[0] * right[1] - ahead[1] * right[0],
  ];
  const reach = Math.tan((scene.angle * Math.PI) / 360);
  const rayOf = (sx: number, sy: number): Vec => {
    const u = ((sx + 0.5) / wide) * 2 - 1;
    const a = (scene.mirrored ? -u : u) * reach;
    const b = -(((sy + 0.5) / tall) * 2 - 1) * reach * (height / width);
    return unit([
      ahead[0] + right[0] * a + up[0] * b,
      ahead[1] + right[1] * a + up[1] * b,
      ahead[2] + right[2] * a + up[2] * b,
    ]);
  };
  /** Where a world point falls, in fine pixels, and how many fine pixels a metre has there. */
  const project = (p: Vec): { x: number; y: number; scale: number } | undefined => {
    const v: Vec = [p[0] - eye[0], p[1] - eye[1], p[2] - eye[2]];
    const depth = v[0] * ahead[0] + v[1] * ahead[1] + v[2] * ahead[2];
    if (depth < 0.3) return undefined;
    const a = (v[0] * right[0] + v[1] * right[1] + v[2] * right[2]) / depth / reach;
    const b = (v[0] * up[0] + v[1] * up[1] + v[2] * up[2]) / depth / reach / (height / width);
    return {
      x: (((scene.mirrored ? -a : a) + 1) / 2) * wide,
      y: ((1 - b) / 2) * tall,
      scale: wide / 2 / reach / depth,
    };
  };

  const nearest = (solids: readonly Solid[], o: Vec, d: Vec, hit: Hit): Solid | undefined => {
    let found: Solid | undefined;
    for (const solid of solids) {
      const before = solid.leafy ? { ...hit } : hit;
      if (!meet(solid, o, d, hit)) continue;
      if (solid.leafy) {
        const n = turnToWorld(solid.frame, hit.nx, hit.ny, hit.nz);
        const facing = -(n[0] * d[0] + n[1] * d[1] + n[2] * d[2]);
        const [x, y, z] = [o[0] + d[0] * hit.t, o[1] + d[1] * hit.t, o[2] + d[2] * hit.t];
        if (noise(x * 5, y * 5, z * 5) * 0.7 + noise(x * 13, y * 13, z * 13) * 0.3 > 0.3 + facing * 0.75) {
          Object.assign(hit, before);
          continue;
        }
      }
      found = solid;
    }
    return found;
  };
  const near = createNearLists(scene.solids);
  const blocked = (solids: readonly Solid[], o: Vec, d: Vec, within: number): boolean => {
    const hit: Hit = { t: within, nx: 0, ny: 0, nz: 0 };
    for (const solid of solids) if (meet(solid, o, d, hit)) return true;
    return false;
  };

  /** The light that falls on a point. */
  const lightAt = (p: Vec, n: Vec, still: boolean): Vec => {
    const o: Vec = [p[0] + n[0] * 0.02, p[1] + n[1] * 0.02, p[2] + n[2] * 0.02];
    let open = 1;
    if (still) {
      let free = 0;
      const close = near.around(o, 2.5);
      for (const a of around) {
        const dot = a[0] * n[0] + a[1] * n[1] + a[2] * n[2];
        const d = unit([
          a[0] + n[0] * (1.1 - Math.min(0, dot)),
          a[1] + n[1] * (1.1 - Math.min(0, dot)),
          a[2] + n[2] * (1.1 - Math.min(0, dot)),
        ]);
        if (!(d[1] < -0.05 && -o[1] / d[1] < 2.5) && !blocked(close, o, d, 2.5)) free += 1;
      }
      open = 0.35 + (0.65 * free) / around.length;
    }
    const sky = open * (0.62 + 0.38 * n[1]);
    let [r, g, b] = [scene.ambient[0] * sky, scene.ambient[1] * sky, scene.ambient[2] * sky];
    for (const [index, light] of scene.lights.entries()) {
      const v: Vec = [light.at[0] - o[0], light.at[1] - o[1], light.at[2] - o[2]];
      const square = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
      if (square > 1600) continue;
      const long = Math.sqrt(square);
      const facing = (n[0] * v[0] + n[1] * v[1] + n[2] * v[2]) / long;
      if (facing <= 0) continue;
      const d: Vec = [v[0] / long, v[1] / long, v[2] / long];
      if (still && blocked(near.towards(o, light, index), o, d, long - 1.2)) continue;
      const power = (facing * 0.85 + 0.15) / (square + 4);
      r += light.colour[0] * power;
      g += light.colour[1] * power;
      b += light.colour[2] * power;
    }
    return [r, g, b];
  };
  const lit = ([r, g, b]: Vec, look: Look, far: number): Vec => {
    const glow = look.glow ?? [0, 0, 0];
    const fog = 1 - Math.exp(-far / scene.haze.metres);
    return [
      (look.colour[0] * r + glow[0]) * (1 - fog) + scene.haze.colour[0] * fog,
      (look.colour[1] * g + glow[1]) * (1 - fog) + scene.haze.colour[1] * fog,
      (look.colour[2] * b + glow[2]) * (1 - fog) + scene.haze.colour[2] * fog,
    ];
  };
  /** Samples of one pixel on the same side of the same thing share their light; only what is painted there differs. */
  const createShader = (
    still: boolean,
  ): { fresh(): void; shade(solid: Solid | undefined, o: Vec, d: Vec, hit: Hit): Vec } => {
    let known: { solid: Solid | undefined; nx: number; ny: number; nz: number; light: Vec } | undefined;
    return {
      fresh: () => {
        known = undefined;
      },
      shade: (solid, o, d, hit) => {
        const p: Vec = [o[0] + d[0] * hit.t, o[1] + d[1] * hit.t, o[2] + d[2] * hit.t];
        const turned = solid
          ? Math.abs(hit.nx - (known?.nx ?? 9)) +
            Math.abs(hit.ny - (known?.ny ?? 9)) +
            Math.abs(hit.nz - (known?.nz ?? 9))
          : 0;
        if (!known || known.solid !== solid || turned > 0.15) {
          const n: Vec = solid ? turnToWorld(solid.frame, hit.nx, hit.ny, hit.nz) : [0, 1, 0];
          known = { solid, nx: hit.nx, ny: hit.ny, nz: hit.nz, light: lightAt(p, n, still) };
        }
        if (!solid) return lit(known.light, scene.ground(p[0], p[2], hit.t), hit.t);
        const { frame: f } = solid;
        const q: Vec = [p[0] - f.o[0], p[1] - f.o[1], p[2] - f.o[2]];
        const local: Vec = [
          q[0] * f.x[0] + q[1] * f.x[1] + q[2] * f.x[2],
          q[0] * f.y[0] + q[1] * f.y[1] + q[2] * f.y[2],
          q[0] * f.z[0] + q[1] * f.z[1] + q[2] * f.z[2],
        ];
        return lit(known.light, solid.paint(local, [hit.nx, hit.ny, hit.nz], hit.t), hit.t);
      },
    };
  };

  const colours = new Float32Array(wide * tall * 3);
  const depths = new Float32Array(wide * tall);
  const tile = 32;
  const tileSolids = (x: number, y: number): Solid[] => {
    const middle = rayOf(x * tile + tile / 2, y * tile + tile / 2);
    const corner = rayOf(x * tile - 1, y * tile - 1);
    return inCone(
      scene.solids,
      eye,
      middle,
      1.25 * Math.acos(middle[0] * corner[0] + middle[1] * corner[1] + middle[2] * corner[2]),
    );
  };
  const columns = Math.ceil(wide / tile);
  const byTile = Array.from({ length: columns * Math.ceil(tall / tile) }, (_, k) =>
    tileSolids(k % columns, Math.floor(k / columns)),
  );
  const stillShader = createShader(true);
  for (let k = 0; k < wide * tall; k += 1) {
    const inPixel = k % (fine * fine);
    const pixel = (k - inPixel) / (fine * fine);
    const [sx, sy] = [
      (pixel % width) * fine + (inPixel % fine),
      Math.floor(pixel / width) * fine + Math.floor(inPixel / fine),
    ];
    if (inPixel === 0) stillShader.fresh();
    const seen = byTile[Math.floor(sy / tile) * columns + Math.floor(sx / tile)] ?? scene.solids;
    const d = rayOf(sx, sy);
    const hit: Hit = { t: d[1] < -1e-4 ? -eye[1] / d[1] : 1e6, nx: 0, ny: 1, nz: 0 };
    if (hit.t > 600) hit.t = 1e6;
    const solid = nearest(seen, eye, d, hit);
    const at = sy * wide + sx;
    depths[at] = hit.t;
    colours.set(solid || hit.t < 1e5 ? stillShader.shade(solid, eye, d, hit) : scene.sky(d[1], d[0]), at * 3);
  }
  for (const light of scene.lights) {
    const spot = light.halo > 0 ? project(light.at) : undefined;
    if (!spot) continue;
    const size = light.halo * spot.scale;
    for (let y = Math.max(0, Math.floor(spot.y - size * 3)); y < Math.min(tall, spot.y + size * 3); y += 1) {
      for (let x = Math.max(0, Math.floor(spot.x - size * 3)); x < Math.min(wide, spot.x + size * 3); x += 1) {
        const shine = 0.5 * Math.exp((-Math.hypot(x - spot.x, y - spot.y) / size) * 1.6) - 0.004;
        if (shine <= 0) continue;
        const peak = Math.max(...light.colour);
        for (let k = 0; k < 3; k += 1) {
          const at = (y * wide + x) * 3 + k;
          colours[at] = (colours[at] ?? 0) + shine * ((light.colour[k] ?? 0) / peak);
        }
      }
    }
  }

  const onScreen = (sum: Vec, x: number, y: number): Vec => {
    const [u, v] = [x / width - 0.5, y / height - 0.5];
    const edge = scene.infrared ? 1.25 - 2.1 * (u * u + v * v) : 1.04 - 0.42 * (u * u + v * v);
    const grain = (noise(x * 0.9, y * 0.9, 7) - 0.5) * 1.6;
    const tone = (value: number): number => {
      const t = (1 - Math.exp(-Math.max(0, value) * edge * scene.exposure)) ** (1 / 2.2);
      return 255 * (t + 0.55 * (t * t * (3 - 2 * t) - t)) + grain;
    };
    if (scene.infrared) {
      const grey = tone(sum[0] * 0.45 + sum[1] * 0.4 + sum[2] * 0.15);
      return [grey, grey, grey];
    }
    return [tone(sum[0]) * scene.tint[0], tone(sum[1]) * scene.tint[1], tone(sum[2]) * scene.tint[2]];
  };
  const average = (x: number, y: number, sample: (at: number, sx: number, sy: number) => Vec): Vec => {
    let [r, g, b] = [0, 0, 0];
    for (let k = 0; k < fine * fine; k += 1) {
      const [sx, sy] = [x * fine + (k % fine), y * fine + Math.floor(k / fine)];
      const c = sample(sy * wide + sx, sx, sy);
      r += c[0];
      g += c[1];
      b += c[2];
    }
    return onScreen([r / 4, g / 4, b / 4], x, y);
  };
  const put = (rgb: Uint8Array, x: number, y: number, colour: Vec): void => {
    for (let k = 0; k < 3; k += 1)
      rgb[(y * width + x) * 3 + k] = Math.max(0, Math.min(255, Math.round(colour[k] ?? 0)));
  };
  const stored = (at: number): Vec => [colours[at * 3] ?? 0, colours[at * 3 + 1] ?? 0, colours[at * 3 + 2] ?? 0];

  const still = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) put(still, x, y, average(x, y, stored));

  const boxOf = (points: readonly Spot[]): number[] | undefined => {
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { at, radius } of points) {
      const spot = project(at);
      if (!spot) continue;
      const size = radius * spot.scale * 1.1 + 2;
      x0 = Math.min(x0, (spot.x - size) / fine);
      x1 = Math.max(x1, (spot.x + size) / fine);
      y0 = Math.min(y0, (spot.y - size) / fine);
      y1 = Math.max(y1, (spot.y + size) / fine);
    }
    const rect = [
      Math.max(0, Math.floor(x0)),
      Math.max(0, Math.floor(y0)),
      Math.min(width, Math.ceil(x1)),
      Math.min(height, Math.ceil(y1)),
    ];
    return (rect[0] ?? 0) < (rect[2] ?? 0) && (rect[1] ?? 0) < (rect[3] ?? 0) ? rect : undefined;
  };
  const underActors = (at: number, d: Vec, actors: readonly Actor[]): Vec => {
    const base = stored(at);
    const far = depths[at] ?? 1e6;
    const [px, py, pz] = [eye[0] + d[0] * far, eye[1] + d[1] * far, eye[2] + d[2] * far];
    if (far > 300) return base;
    let shade = 1;
    let [r, g, b] = [0, 0, 0];
    for (const { shadow: s, pools } of actors) {
      const low = Math.abs(py - s.at[1]);
      if (low > 0.3) continue;
      const [dx, dz] = [px - s.at[0], pz - s.at[2]];
      const [u, v] = [dx * Math.cos(s.yaw) - dz * Math.sin(s.yaw), dx * Math.sin(s.yaw) + dz * Math.cos(s.yaw)];
      const q = (u / s.halfX) ** 2 + (v / s.halfZ) ** 2;
      if (q < 4) shade *= 1 - 0.62 * Math.exp(-q * 1.1);
      for (const pool of pools ?? []) {
        const away = ((px - pool.at[0]) ** 2 + (pz - pool.at[2]) ** 2) / pool.radius ** 2;
        if (away > 1) continue;
        const shine = (1 - away) ** 2;
        r += pool.colour[0] * shine;
        g += pool.colour[1] * shine;
        b += pool.colour[2] * shine;
      }
    }
    return [
      base[0] * shade + base[0] * r * 2 + r * 0.03,
      base[1] * shade + base[1] * g * 2 + g * 0.03,
      base[2] * shade + base[2] * b * 2 + b * 0.03,
    ];
  };

  return {
    still,
    paint: (actors, rgb) => {
      const touched = new Map<number, Actor[]>();
      const across = Math.ceil(width / patch);
      const shader = createShader(false);
      for (const actor of actors) {
        const rect = boxOf([
          ...actor.solids.flatMap(spread),
          ...shadowSpread(actor.shadow),
          ...(actor.pools ?? []).map((pool) => ({ at: pool.at, radius: pool.radius })),
        ]);
        if (!rect) continue;
        const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = rect.map((value, k) =>
          k < 2 ? Math.floor(value / patch) : Math.ceil(value / patch),
        );
        for (let y = y0; y < y1; y += 1) {
          for (let x = x0; x < x1; x += 1) {
            const here = touched.get(y * across + x);
            if (here) here.push(actor);
            else touched.set(y * across + x, [actor]);
          }
        }
      }
      for (const [at, here] of touched) {
        const [left, top] = [(at % across) * patch, Math.floor(at / across) * patch];
        const middle = rayOf((left + patch / 2) * fine, (top + patch / 2) * fine);
        const corner = rayOf(left * fine - 1, top * fine - 1);
        const cone = 1.2 * Math.acos(middle[0] * corner[0] + middle[1] * corner[1] + middle[2] * corner[2]);
        const solids = inCone(
          here.flatMap((actor) => actor.solids),
          eye,
          middle,
          cone,
        );
        for (let y = top; y < Math.min(height, top + patch); y += 1) {
          for (let x = left; x < Math.min(width, left + patch); x += 1) {
            if (solids.length === 0) {
              const sample = y * fine * wide + x * fine;
              const under = underActors(sample, rayOf(x * fine, y * fine), here);
              // Nothing moves here and no shadow falls here: the still picture stays.
              if (
                Math.abs(under[0] - (colours[sample * 3] ?? 0)) + Math.abs(under[1] - (colours[sample * 3 + 1] ?? 0)) <
                0.002
              )
                continue;
            }
            shader.fresh();
            put(
              rgb,
              x,
              y,
              average(x, y, (sample, sx, sy) => {
                const d = rayOf(sx, sy);
                const hit: Hit = { t: depths[sample] ?? 1e6, nx: 0, ny: 0, nz: 0 };
                const solid = nearest(solids, eye, d, hit);
                return solid ? shader.shade(solid, eye, d, hit) : underActors(sample, d, here);
              }),
            );
          }
        }
      }
    },
  };
};
