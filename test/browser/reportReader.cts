import type { Page } from 'playwright-core';

export type Row = Record<string, string>;

/** A person who looks at a report: reads its tiles and tables by their headings, and sees what is drawn where. */
export class ReportReader {
	constructor(private readonly page: Page) {}

	async heading(): Promise<string> {
		return await this.page.getByRole('heading', { level: 1 }).innerText();
	}

	async text(): Promise<string> {
		return spaced(await this.page.locator('body').innerText());
	}

	/** The number of a tile, and what is written below it. */
	async tile(name: string): Promise<string[]> {
		const lines = await this.page.locator('td', { has: this.page.getByText(name, { exact: true }) }).first().locator('div').allInnerTexts();
		return lines.slice(1).map(spaced);
	}

	/** The table below a heading, a row by the names of the columns. */
	async table(heading: string): Promise<Row[]> {
		const table = this.page.locator(`h2:text-is("${heading}") ~ div > table`).first();
		const names = (await table.locator('th').allInnerTexts()).map(spaced);
		const rows = await table.locator('tr:has(td)').all();
		return await Promise.all(rows.map(async (row) => Object.fromEntries((await row.locator('td').allInnerTexts()).map((text, index) => [names[index] ?? '', spaced(text)]))));
	}

	/** The blocks below *Errors*, as lines. */
	async errors(): Promise<string[][]> {
		const blocks = await this.page.locator('h2:text-is("Errors") ~ div:has(> small)').allInnerTexts();
		return blocks.map((block) => block.split('\n').map(spaced));
	}

	/** The heights of the bars of the chart over time by their colours, as they are drawn. */
	async bars(): Promise<Record<string, number>> {
		return await this.page.locator('svg:has(text) rect').evaluateAll((rects) => {
			const heights: Record<string, number> = {};
			for (const rect of rects) heights[rect.getAttribute('fill') ?? ''] = (heights[rect.getAttribute('fill') ?? ''] ?? 0) + rect.getBoundingClientRect().height;
			return heights;
		});
	}

	/** Charts that are drawn: how many there are with a size. */
	async charts(): Promise<number> {
		return await this.page.locator('svg').evaluateAll((charts) => charts.filter((chart) => chart.getBoundingClientRect().width > 10 && chart.querySelector('rect') !== null).length);
	}

	/** Nothing on a sound page: parts of a chart outside of it, charts and cells outside of the page, words outside of their cells. */
	async misplaced(): Promise<string[]> {
		return await this.page.evaluate(() => {
			const words = (element: Element): string => `${element.tagName.toLowerCase()} "${(element.textContent ?? '').trim().slice(0, 30)}"`;
			const sticksOut = (inner: Element, outer: { left: number; right: number; top: number; bottom: number }): boolean => {
				const box = inner.getBoundingClientRect();
				return box.left < outer.left - 1 || box.right > outer.right + 1 || box.top < outer.top - 1 || box.bottom > outer.bottom + 1;
			};
			const root = document.documentElement;
			const whole = { left: 0, right: root.clientWidth, top: -scrollY, bottom: root.scrollHeight - scrollY };
			const found = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`] : [];
			for (const element of document.querySelectorAll('body, h1, h2, p, div, table, td, th, svg')) if (sticksOut(element, whole)) found.push(`${words(element)} is outside of the page`);
			for (const chart of document.querySelectorAll('svg')) for (const part of chart.children) if (sticksOut(part, chart.getBoundingClientRect())) found.push(`${words(part)} is outside of its chart`);
			for (const cell of document.querySelectorAll('td, th, div')) if (cell.scrollWidth > cell.clientWidth + 1) found.push(`${words(cell)} is wider than its place`);
			return found;
		});
	}

	/** By how many pixels the page is wider than its window. */
	async sideways(): Promise<number> {
		return await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	}
}

/** Without the spaces that keep numbers together. */
const spaced = (text: string): string => text.replace(/\s+/g, ' ').trim();
