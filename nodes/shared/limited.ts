/** A number that a user or an expression gave, kept between the limits of its field; what is no number is `otherwise`. */
export function limited(value: unknown, otherwise: number, least: number, most: number): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && !Number.isNaN(number) ? Math.min(most, Math.max(least, number)) : otherwise;
}
