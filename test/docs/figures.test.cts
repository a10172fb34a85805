import { page } from './pages.cts';

/** What a benchmark measured last, by the name of the figure, from the page that `npm run bench -- all` writes. */
function measured(benchmark: string): (figure: string) => number {
	const row = page('docs/performance.md').text.split('\n').find((line) => line.startsWith(`| [\`${benchmark}\`]`)) ?? '';
	return (figure) => {
		const value = new RegExp(`\\b${figure} ([\\d.]+)`).exec(row)?.[1];
		if (value === undefined) throw new Error(`docs/performance.md has no ${figure} of ${benchmark}`);
		return Number(value);
	};
}

const whole = (value: number): string => String(Math.round(value));

/** The row of a page's table that ends with the name of a benchmark, of one or several. */
const rows = (file: string, benchmark: string): string => page(file).text.split('\n').filter((line) => line.endsWith(`| \`${benchmark}\` |`)).join('\n');

describe.each(['docs/sizing.md', 'docs/ru/sizing.md'])('%s has the figures of docs/performance.md', (file) => {
	it('of the catalog: calls, minutes, and calls when nothing changed', () => {
		const figure = measured('catalog-rest');
		expect(rows(file, 'catalog-rest')).toMatch(new RegExp(`\\| ${figure('calls')} \\| ${whole(figure('seconds') / 60)} (minutes|минут)`));
		expect(rows(file, 'catalog-rest')).toContain(`| ${figure('secondRunCalls')} |`);
	});

	it('of orders: calls to both sides', () => {
		const figure = measured('order-sums');
		expect(rows(file, 'order-sums')).toMatch(new RegExp(`\\| ${figure('moySkladCalls')}(, and| и) ${figure('bitrixCalls')} `));
	});

	it('of what is read', () => {
		expect(rows(file, 'read-assortment')).toContain(`| ${measured('read-assortment')('calls')} |`);
	});

	it('of the memory of the 1C exchange', () => {
		const figure = measured('commerceml');
		expect(page(file).text).toMatch(new RegExp(`: ${figure('peakMB10k')} (MB for 10,000,|МБ для 10 000 и) ${figure('peakMB200k')} (MB for|МБ для) 200.000 `));
	});
});

describe('The seconds of a mapping in Russian are those of docs/performance.md', () => {
	const figure = measured('mapping');
	const [fields, expressions] = [whole(figure('fieldSeconds')), whole(figure('expressionSeconds'))];

	it.each([
		['docs/ru/sizing.md', `${fields} секунд полями, ${expressions} выражениями`],
		['docs/ru/mapping.md', `${expressions} секунд вместо ${fields}.`],
	])('%s', (file, words) => {
		expect(page(file).text).toContain(words);
	});
});
