import { picture } from '../shop/pictures.cts';
import { ask, control, first, UNLIMITED, useShop, type Asking, type Json, type Reply } from './caller.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
let id: string;
useShop(
	{ size: { products: 8, pictures: 1, variantShare: 0.5, archivedShare: 0 }, rate: UNLIMITED },
	(started) => (shop = started),
);
beforeEach(async () => {
	id = (await ask(shop, 'POST', 'entity/product', { body: { name: 'С картинкой' } })).body.id as string;
});

const png = (name: string): Json => ({
	filename: `${name}.png`,
	content: picture(name, `${name}.png`).content().toString('base64'),
});
const url = (rest = ''): string => `entity/product/${id}/images${rest}`;
const post = async (body: unknown, rest = ''): Promise<Reply> => await ask(shop, 'POST', url(rest), { body });
const names = async (): Promise<string[]> =>
	((await ask(shop, 'GET', url())).body.rows as Json[]).map(({ filename }) => filename as string);
const plain = async (address: string, headers: Json = {}): Promise<Response> =>
	await fetch(address, { redirect: 'manual', headers });

describe('pictures', () => {
	it('are appended one by one, and replaced by a list that names those to keep', async () => {
		const [one] = (await post(png('a'))).body as unknown as [Json];
		await post(png('b'));
		expect(await names()).toEqual(['a.png', 'b.png']);
		expect(one).toMatchObject({
			title: 'a',
			filename: 'a.png',
			size: picture('a', 'a.png').size,
			meta: { type: 'image', downloadHref: expect.stringContaining('/download/') },
		});
		await post([{ meta: one.meta }, png('c')]);
		expect(await names()).toEqual(['a.png', 'c.png']);
		expect((await ask(shop, 'DELETE', url(`/${one.id ?? String(one.meta.href).split('/').at(-1)}`))).status).toBe(200);
		const [left] = (await ask(shop, 'GET', url())).body.rows as [Json];
		expect((await post([{ meta: left.meta }], '/delete')).status).toBe(200);
		expect(await names()).toEqual([]);
	});

	it('come with the product, closed or expanded', async () => {
		await post(png('a'));
		const closed = (await ask(shop, 'GET', `entity/product/${id}`)).body.images;
		const open = (await ask(shop, 'GET', `entity/product/${id}?expand=images`)).body.images;
		expect([closed.meta.size, closed.rows, open.rows.length]).toEqual([1, undefined, 1]);
		const put = await ask(shop, 'PUT', `entity/product/${id}`, { body: { images: [] } });
		expect(put.body.images.meta.size).toBe(0);
	});

	it('with the same name and content are the same', async () => {
		const [one] = (await post(png('a'))).body as unknown as [Json];
		const again = (await post(png('a'))).body as unknown as Json[];
		expect(again.map(({ meta }) => meta.href)).toEqual([one.meta.href]);
		const other = (await post({ ...png('a'), filename: 'other.png' })).body as unknown as Json[];
		expect(other).toHaveLength(2);
	});

	it.each([
		[{ filename: 'a.gif', content: 'R0lGODlhAQABAAAAACw=' }, 51002],
		[{ filename: 'a.png', content: 'aGVsbG8=' }, 51002],
		[{ content: 'aGVsbG8=' }, 1076],
		[{ filename: 'a.png' }, 1077],
	])('like %j are refused with %d', async (body, code) => {
		expect((await post(body)).code).toBe(code);
	});

	it('are at most 3 MB each and 10 for a good', async () => {
		const large = Buffer.concat([picture('a', 'a.png').content(), Buffer.alloc(3 * 1024 * 1024)]).toString('base64');
		expect((await post({ filename: 'large.png', content: large })).code).toBe(51004);
		expect((await post(Array.from({ length: 10 }, (_, number) => png(`n${number}`)))).status).toBe(200);
		expect((await post(png('eleventh'))).code).toBe(51006);
		expect((await post(Array.from({ length: 11 }, (_, number) => png(`n${number}`)))).code).toBe(51006);
	});

	it('exist for variants and bundles, not for services', async () => {
		for (const type of ['variant', 'bundle']) {
			const row = await first(shop, type);
			expect((await ask(shop, 'POST', `entity/${type}/${row.id}/images`, { body: png(type) })).status).toBe(200);
		}
		expect((await ask(shop, 'GET', `entity/service/${(await first(shop, 'service')).id}/images`)).code).toBe(1002);
	});

	it('change the product', async () => {
		const before = (await ask(shop, 'GET', `entity/product/${id}`)).body.updated as string;
		await post(png('a'));
		expect((await ask(shop, 'GET', `entity/product/${id}`)).body.updated > before).toBe(true);
	});
});

describe('downloads', () => {
	const location = async (path: string, asking: Asking = {}): Promise<string> => {
		const { status, headers } = await ask(shop, 'GET', path, asking);
		expect(status).toBe(302);
		return String(headers.location);
	};
	const uploaded = async (): Promise<Json> => ((await post(png('a'))).body as unknown as [Json])[0];

	it('lead to another origin, which wants no login', async () => {
		const target = await location((await uploaded()).meta.downloadHref as string);
		expect(new URL(target).origin).not.toBe(shop.url);
		const bytes = await plain(target);
		expect([bytes.status, bytes.headers.get('content-type')]).toEqual([200, 'image/png']);
		expect(Buffer.from(await bytes.arrayBuffer()).equals(picture('a', 'a.png').content())).toBe(true);
		const refused = await plain(target, { authorization: `Bearer ${shop.users.admin.token}` });
		expect(refused.status).toBe(400);
		expect(refused.headers.get('content-type')).toContain('xml');
		expect(await refused.text()).toContain('Unsupported Authorization Type');
	});

	it('need a login themselves', async () => {
		expect(
			(
				await ask(shop, 'GET', (await uploaded()).meta.downloadHref as string, {
					headers: { authorization: undefined },
				})
			).status,
		).toBe(401);
	});

	it('work for a minute, or as long as was asked', async () => {
		const href = (await uploaded()).meta.downloadHref as string;
		const short = await location(href);
		const long = await location(href, { headers: { 'X-Lognex-Download-Expiration-Seconds': '86400' } });
		await control(shop, 'POST', 'clock', { advance: 61_000 });
		expect([(await plain(short)).status, (await plain(long)).status]).toEqual([403, 200]);
		expect((await ask(shop, 'GET', href, { headers: { 'X-Lognex-Download-Expiration-Seconds': '86401' } })).code).toBe(
			3030,
		);
	});

	it('of permanent addresses need nothing', async () => {
		await uploaded();
		const [row] = (await ask(shop, 'GET', `entity/product/${id}?expand=images&fields=downloadPermanentHref`)).body
			.images.rows as [Json];
		expect((await plain(row.meta.downloadPermanentHref as string)).status).toBe(200);
		expect((await ask(shop, 'GET', `entity/product/${id}?expand=images`)).body.images.rows[0].meta).not.toHaveProperty(
			'downloadPermanentHref',
		);
	});

	it('of miniatures are made when somebody looks', async () => {
		const { miniature } = await uploaded();
		expect(miniature.downloadHref).toBeNull();
		await location(miniature.href as string);
		expect((await ask(shop, 'GET', url())).body.rows[0].miniature.downloadHref).toContain('miniature=true');
	});

	it('of generated pictures have the size that was told, and differ', async () => {
		const rows = (await ask(shop, 'GET', 'entity/product?limit=100&expand=images')).body.rows.flatMap(
			({ images }: Json) => images.rows as Json[],
		) as Json[];
		const seen = new Set<string>();
		for (const { meta, size } of rows.filter(({ filename }) => /^product/.test(filename as string))) {
			const bytes = Buffer.from(await (await plain(await location(meta.downloadHref as string))).arrayBuffer());
			expect(bytes.length).toBe(size);
			seen.add(bytes.toString('base64'));
		}
		expect(seen.size).toBeGreaterThan(8);
	});
});
