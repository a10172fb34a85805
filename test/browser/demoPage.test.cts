import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { Installation } from '../demo/installation.cts';
import { chooseStates } from '../demo/life/chooseStates.cts';
import { joinPages, pageOf } from '../demo/live/pages.cts';
import { LIVE_SETTINGS, publishLive } from '../demo/live/publishLive.cts';
import { compareStock, importCatalog } from '../demo/mainJob.cts';
import { repositoryRoot } from '../n8n/repository.cts';
import { Browser } from './browser.cts';
import type { Faults } from './faults.cts';

/** How long a change may take to the other page on a busy machine; alone it takes seconds. */
const CROSSES = { timeout: 90_000 };

const PICTURE = { width: 1280, height: 800 };

/** A person at both pages of the demo, with a real n8n between them. Nobody reloads a page. */
describe('The pages of the demo', () => {
	let installation: Installation;
	let browser: Browser;
	let store: Page;
	let office: Page;
	let faults: Faults[] = [];

	beforeAll(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 20, pictures: 1 }, demoPage: true },
			bitrix: { demoPage: true },
			settings: { ...LIVE_SETTINGS, '05': { startDate: '2020-01-01' } },
		});
		const { moySklad, bitrix } = installation;
		joinPages(moySklad, bitrix);
		await chooseStates(installation);
		await importCatalog(installation);
		await compareStock(installation);
		await installation.publish('02', '04');
		await publishLive(installation);
		browser = await Browser.start();
		const opened = [await browser.open(pageOf(bitrix)), await browser.open(pageOf(moySklad))];
		[store, office] = opened.map(({ page }) => page) as [Page, Page];
		faults = opened.map((one) => one.faults);
	}, 600_000);
	afterEach(() => expect(faults.flatMap((one) => one.take())).toEqual([]));
	afterAll(async () => {
		try {
			if (process.env.RENEW_PICTURES) await savePictures();
		} finally {
			await browser?.close();
			await installation?.stop();
		}
	});

	/** The pictures of the README, of what the tests have left. */
	async function savePictures(): Promise<void> {
		for (const [page, name] of [[store, 'demo-store.png'], [office, 'demo-moysklad.png']] as const) {
			await page.setViewportSize(PICTURE);
			await page.reload();
			await page.evaluate(() => scrollTo(0, 0));
			await page.locator('img').first().waitFor();
			await page.screenshot({ path: path.join(repositoryRoot(), 'docs/images', name) });
		}
	}

	const goods = (page: Page): Locator => page.locator('[data-list=goods] article');
	const orders = (page: Page): Locator => page.locator('[data-list=orders] article');
	const good = (page: Page, title: string): Locator => page.locator(`article[data-title=${JSON.stringify(title)}]`);
	/** A field of a product in MoySklad, by its place in the list. */
	const field = (place: number, name: string): Locator => goods(office).nth(place).locator(`input[name="${name}"]`);

	/** Writes into a field of a product and presses its button. The product's name. */
	async function enter(place: number, name: string, value: string, button: string): Promise<string> {
		const title = (await goods(office).nth(place).getAttribute('data-title')) ?? '';
		await field(place, name).fill(value);
		await goods(office).nth(place).getByRole('button', { name: button }).click();
		return title;
	}

	/** A customer buys one of the first good; its order in the store, and the one that came of it in MoySklad. */
	async function placeOrder(): Promise<{ order: Locator; customerOrder: Locator }> {
		const before = await orders(store).count();
		await store.locator('button[data-add]:enabled').first().click();
		await store.locator('#basket li').waitFor();
		await store.getByRole('button', { name: 'Place the order' }).click();
		await orders(store).nth(before).waitFor();
		const number = /\d+/.exec(await orders(store).first().locator('h3').innerText())?.[0] ?? '';
		const customerOrder = orders(office).filter({ hasText: `store order ${number}` });
		await customerOrder.waitFor(CROSSES);
		return { order: orders(store).filter({ has: store.getByRole('heading', { name: `Order ${number}`, exact: true }) }), customerOrder };
	}

	/** A number as a page writes it for people, whatever its spaces are. */
	const shown = (amount: string): RegExp => new RegExp(amount.replace(' ', '\\s'));

	it('each leads to the other one', async () => {
		expect(await store.locator('a.other').getAttribute('href')).toBe(`${pageOf(installation.moySklad)}?lang=en`);
		expect(await office.locator('a.other').getAttribute('href')).toBe(`${pageOf(installation.bitrix)}?lang=en`);
	});

	it('a price that is changed in MoySklad is seen in the store, and said there', async () => {
		const title = await enter(0, 'price', '98 765,40', 'Save');
		await good(store, title).locator('.price').filter({ hasText: shown('98 765,40') }).waitFor(CROSSES);
		await store.locator('#log .over').filter({ hasText: title }).filter({ hasText: 'price' }).first().waitFor(CROSSES);
	});

	it('more in stock is seen in the store', async () => {
		const title = await enter(0, 'stock', '4321', 'Set');
		await good(store, title).locator('.stock').filter({ hasText: shown('4 321') }).waitFor(CROSSES);
	});

	it('what is being written is not taken away when something else comes', async () => {
		await field(0, 'name').fill('Half a na');
		await enter(0, 'stock', '4400', 'Set');
		await goods(office).first().locator('.levels').filter({ hasText: shown('4 400') }).waitFor();
		expect(await field(0, 'name').inputValue()).toBe('Half a na');
	});

	it('an order of the store is seen in MoySklad; confirmed, shipped and paid there, it is so in the store', async () => {
		const { order, customerOrder } = await placeOrder();
		expect(await store.locator('#basket li').count()).toBe(0);
		await customerOrder.getByRole('combobox').selectOption({ label: 'Подтверждён' });
		await order.locator('option[value=A][selected]').waitFor({ ...CROSSES, state: 'attached' });
		await customerOrder.getByRole('button', { name: 'Ship' }).click();
		await customerOrder.locator('.gone.yes').waitFor();
		await order.locator('.gone.yes').waitFor(CROSSES);
		await customerOrder.getByRole('button', { name: 'Pay' }).click();
		await order.locator('.money.yes').waitFor(CROSSES);
		expect(await order.getByRole('button').count()).toBe(0);
	});

	it('money that the store took is seen in MoySklad', async () => {
		const { order, customerOrder } = await placeOrder();
		await order.getByRole('button', { name: 'Pay' }).click();
		await customerOrder.locator('.money.yes').waitFor(CROSSES);
	});
});
