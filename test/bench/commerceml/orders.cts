const encoder = new TextEncoder();

const leaf = (name: string, text: string | number): string => `\n<${name}>${text}</${name}>`;
const requisite = (name: string, value: string): string => `\n<ЗначениеРеквизита>${leaf('Наименование', name)}${leaf('Значение', value)}\n</ЗначениеРеквизита>`;

const line = (order: number, at: number): string =>
	`\n<Товар>${leaf('Ид', `prod-${order % 5000}#var-${at}`)}${leaf('ИдКаталога', 'cat-0001')}${leaf('Наименование', `Футболка &quot;Классика&quot; № ${order % 5000}`)}` +
	`\n<БазоваяЕдиница Код="796" НаименованиеПолное="Штука" МеждународноеСокращение="PCE">шт</БазоваяЕдиница>${leaf('ЦенаЗаЕдиницу', '891.0000')}${leaf('Количество', '1.0000')}${leaf('Сумма', '891')}` +
	`\n<ЗначенияРеквизитов>${requisite('ВидНоменклатуры', 'Товар')}${requisite('ТипНоменклатуры', 'Товар')}${requisite('НомерПозицииКорзины', String(order * 10 + at))}\n</ЗначенияРеквизитов>\n</Товар>`;

const order = (index: number): string =>
	`\n<Документ>${leaf('Ид', index)}${leaf('Номер', index)}${leaf('Дата', '2026-11-20')}${leaf('ХозОперация', 'Заказ товара')}${leaf('Роль', 'Продавец')}${leaf('Валюта', 'RUB')}${leaf('Курс', 1)}${leaf('Сумма', '2673.0000')}` +
	`\n<Контрагенты>\n<Контрагент>${leaf('Ид', `${index % 900}#buyer#Тестов Иван`)}${leaf('Наименование', 'Тестов Иван')}${leaf('Роль', 'Покупатель')}\n</Контрагент>\n</Контрагенты>${leaf('Время', '18:45:21')}${leaf('Комментарий', '')}` +
	`\n<Товары>${[1, 2, 3].map((at) => line(index, at)).join('')}\n</Товары>` +
	`\n<ЗначенияРеквизитов>${requisite('Метод оплаты', 'Наличные')}${requisite('Заказ оплачен', 'false')}${requisite('Статуса заказа ИД', 'N')}${requisite('Адрес доставки', '101000, Россия, Москва, ул. Примерная, 1')}\n</ЗначенияРеквизитов>\n</Документ>`;

/** An answer to `mode=query` of at least so many bytes, order by order. */
export function* ordersOf(bytes: number): Generator<Uint8Array, void, undefined> {
	yield encoder.encode('<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация ВерсияСхемы="2.05" ДатаФормирования="2026-11-21T12:00:00">');
	let written = 0;
	for (let index = 1; written < bytes; index += 1) {
		const chunk = encoder.encode(order(index));
		written += chunk.length;
		yield chunk;
	}
	yield encoder.encode('\n</КоммерческаяИнформация>\n');
}
