/** Characters of a number; reading millions of digits would keep the process busy. */
const LONGEST = 1000;

/**
 * Exact decimal numbers: `units` × 10^-`scale`. Sums of orders are reckoned with these,
 * because 1.005 × 100 in binary floating point is 100.49999999999999.
 */
export class Decimal {
	static readonly zero = new Decimal(0n, 0);

	private constructor(
		readonly units: bigint,
		readonly scale: number,
	) {}

	/** Reads a number as it is printed, or a decimal string such as "-12.50", "1e-3". Throws RangeError on anything else. */
	static of(value: Decimal | number | string | bigint): Decimal {
		if (value instanceof Decimal) return value;
		const text = String(value).trim();
		const match = text.length > LONGEST ? null : /^([+-]?)(\d*)(?:[.,](\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(text);
		const whole = match?.[2] ?? '';
		const fraction = match?.[3] ?? '';
		if (!match || whole + fraction === '') throw new RangeError(`Not a decimal number: ${text.slice(0, 60)}`);
		const units = BigInt(`${match[1] === '-' ? '-' : ''}${whole}${fraction}`);
		const scale = fraction.length - Number(match[4] ?? 0);
		return scale < 0 ? new Decimal(units * 10n ** BigInt(-scale), 0) : new Decimal(units, scale);
	}

	/** The exact sum. Throws RangeError when the other one is no number. */
	plus(other: Decimal | number | string): Decimal {
		const right = Decimal.of(other);
		const scale = Math.max(this.scale, right.scale);
		return new Decimal(this.unitsAt(scale) + right.unitsAt(scale), scale);
	}

	/** The exact difference. Throws RangeError when the other one is no number. */
	minus(other: Decimal | number | string): Decimal {
		return this.plus(Decimal.of(other).negated());
	}

	/** The exact product; its scale is that of both together. Throws RangeError when the other one is no number. */
	times(other: Decimal | number | string): Decimal {
		const right = Decimal.of(other);
		return new Decimal(this.units * right.units, this.scale + right.scale);
	}

	/** The quotient rounded half away from zero to `scale` decimals. Throws RangeError on division by zero. */
	dividedBy(other: Decimal | number | string, scale: number): Decimal {
		const right = Decimal.of(other);
		if (right.units === 0n) throw new RangeError('Division by zero');
		const shift = scale + right.scale - this.scale;
		const numerator = shift >= 0 ? this.units * 10n ** BigInt(shift) : this.units;
		const denominator = shift >= 0 ? right.units : right.units * 10n ** BigInt(-shift);
		return new Decimal(divideHalfUp(numerator, denominator), scale);
	}

	/** The same number with the other sign. */
	negated(): Decimal {
		return new Decimal(-this.units, this.scale);
	}

	/** Rounded half away from zero, as both platforms round money. */
	round(scale = 0): Decimal {
		if (scale >= this.scale) return this;
		return new Decimal(divideHalfUp(this.units, 10n ** BigInt(this.scale - scale)), scale);
	}

	/** The next number below, or the same, with `scale` decimals. */
	floor(scale = 0): Decimal {
		const rounded = this.round(scale);
		return rounded.compare(this) > 0 ? rounded.minus(new Decimal(1n, scale)) : rounded;
	}

	/** -1 when it is smaller than the other one, 1 when it is larger, 0 when they are equal, whatever their scales. */
	compare(other: Decimal | number | string): -1 | 0 | 1 {
		const difference = this.minus(other).units;
		return difference < 0n ? -1 : difference > 0n ? 1 : 0;
	}

	/** Whether both are the same number, whatever their scales. */
	equals(other: Decimal | number | string): boolean {
		return this.compare(other) === 0;
	}

	/** Whether there is nothing behind the point. */
	get isInteger(): boolean {
		return this.units % 10n ** BigInt(this.scale) === 0n;
	}

	/** As a binary floating point number: exact only where that can hold it. */
	toNumber(): number {
		return Number(this.toString());
	}

	/** Without trailing zeros: "12.5", "-0.001", "100". */
	toString(): string {
		const digits = (this.units < 0n ? -this.units : this.units).toString().padStart(this.scale + 1, '0');
		const whole = digits.slice(0, digits.length - this.scale);
		const fraction = digits.slice(digits.length - this.scale).replace(/0+$/, '');
		return `${this.units < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
	}

	private unitsAt(scale: number): bigint {
		return this.units * 10n ** BigInt(scale - this.scale);
	}
}

function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
	const negative = numerator < 0n !== denominator < 0n;
	const top = numerator < 0n ? -numerator : numerator;
	const bottom = denominator < 0n ? -denominator : denominator;
	const quotient = (top * 2n + bottom) / (bottom * 2n);
	return negative ? -quotient : quotient;
}
