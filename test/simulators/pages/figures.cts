/** Kopecks as Russian shops write them: 123456 → «1 234,56 ₽». */
export const roubles = (kopecks: number): string => `${(kopecks / 100).toLocaleString('ru-RU', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ₽`;

/** Kopecks as they stand in a field for numbers: 123456 → 1234.56. */
export const plainRoubles = (kopecks: number): string => (kopecks / 100).toFixed(2);

/** At most three decimals. */
export const amount = (quantity: number): string => quantity.toLocaleString('ru-RU', { maximumFractionDigits: 3 });

export const clockTime = (moment: number): string => new Date(moment).toLocaleTimeString('ru-RU');

/** What a person typed as a number, with a comma or a point. Throws with `refusal` when it is none, or below 0. */
export function typedNumber(text: string | undefined, refusal: string): number {
	const plain = (text ?? '').replace(/\s/g, '').replace(',', '.');
	if (!/^\d+(\.\d+)?$/.test(plain)) throw new RangeError(refusal);
	return Number(plain);
}
