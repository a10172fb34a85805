import { Fields, type Field } from '../codec/field';
import { decimal, eachIn, requiredText, text } from '../codec/fields';
import type { CmlOffer, CmlPrice } from '../model';

const PRICE_FIELDS = new Fields<CmlPrice>([
	text('Представление', 'text'),
	requiredText('ИдТипаЦены', 'typeId'),
	{
		name: 'ЦенаЗаЕдиницу',
		write: (writer, { amount }) => writer.leaf('ЦенаЗаЕдиницу', amount),
		read: (element, price, reading) => {
			price.amount = reading.decimal(element) ?? '';
		},
	},
	text('Валюта', 'currency'),
	text('Единица', 'unit'),
	decimal('Коэффициент', 'ratio'),
	decimal('КоличествоОт', 'from'),
	decimal('КоличествоДо', 'to'),
]);

const noPrice = (): CmlPrice => ({ typeId: '', amount: '', currency: null, unit: null, ratio: null, text: null, from: null, to: null });

/** All prices of an offer. */
export const PRICES: Field<Pick<CmlOffer, 'prices'>> = {
	name: 'Цены',
	write: (writer, { prices }) => {
		if (prices === null) return;
		writer.begin('Цены');
		for (const price of prices) {
			writer.begin('Цена');
			PRICE_FIELDS.write(writer, price);
			writer.end('Цена');
		}
		writer.end('Цены');
	},
	read: (element, offer, reading) => {
		const prices = (offer.prices ??= []);
		eachIn(element, 'Цена', reading, (child) => {
			const price = noPrice();
			PRICE_FIELDS.read(child, price, reading);
			if (price.typeId === '') reading.note('COMMERCEML_ID_MISSING', child.name);
			// Without an amount it is no price, and not one of 0.
			if (price.amount === '') reading.note('COMMERCEML_VALUE_MISSING', child.name, { element: 'ЦенаЗаЕдиницу' });
			else prices.push(price);
		});
	},
};
