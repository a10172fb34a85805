/** A currency as a file writes it. `isWrong`: it cannot be understood, and roubles are taken. */
export interface ReadCurrency {
	currency: string;
	isWrong: boolean;
}

/** Three Latin letters in any case, or `руб`. Undefined and anything else are roubles, wrongly. */
export function readCurrency(text: string | undefined): ReadCurrency {
	const code = (text ?? '').trim().toUpperCase();
	if (/^[A-Z]{3}$/.test(code)) return { currency: code, isWrong: false };
	return { currency: 'RUB', isWrong: code !== 'РУБ' };
}
