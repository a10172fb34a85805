import { createHash } from 'node:crypto';

/** Numbers that are the same for the same seed (mulberry32), so that a generated shop can be made again. */
export class Random {
	private state: number;

	constructor(seed: number | string) {
		this.state = createHash('sha256').update(String(seed)).digest().readInt32LE(0);
	}

	/** 0 ≤ x < 1 */
	next(): number {
		// A signed 32-bit number stays a small integer in V8: nothing is allocated.
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = this.state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number, both bounds included. */
	integer(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	chance(share: number): boolean {
		return this.next() < share;
	}

	pick<T>(values: readonly T[]): T {
		const value = values[this.integer(0, values.length - 1)];
		if (value === undefined) throw new RangeError('There is nothing to pick from');
		return value;
	}
}

/** A UUID that is the same for the same words; of version 4's form, as both platforms hand out. */
export function stableUuid(...words: Array<string | number>): string {
	const hex = createHash('sha256').update(words.join('\n')).digest('hex');
	const variant = '89ab'.charAt(parseInt(hex.charAt(16), 16) % 4);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
