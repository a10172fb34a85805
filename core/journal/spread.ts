/** Values beside each other differ by this factor: what is read from it is at most 2.5 % off. */
const STEP = Math.log(1.05);

/** How often values came, by the steps in which they fell. Two of them are joined by adding, so pages of rows are counted one by one. */
export type Spread = Record<string, number>;

/** Adds a value of zero or more. */
export function addTo(spread: Spread, value: number, count = 1): void {
	const step = String(value < 1 ? -1 : Math.round(Math.log(value) / STEP));
	spread[step] = (spread[step] ?? 0) + count;
}

/** The value that a part of all values does not exceed, e.g. 0.95; null where there are none. */
export function quantile(spread: Spread, part: number): number | null {
	const steps = Object.keys(spread).map(Number).sort((one, other) => one - other);
	const count = steps.reduce((sum, step) => sum + (spread[String(step)] ?? 0), 0);
	let left = Math.ceil(count * part);
	for (const step of steps) {
		left -= spread[String(step)] ?? 0;
		if (left <= 0) return step < 0 ? 0 : Math.round(Math.exp(step * STEP));
	}
	return null;
}
