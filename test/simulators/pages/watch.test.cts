import { html } from './html.cts';
import { Watch, type Shown } from './watch.cts';

const thing = (key: string, price = '1', list = 'goods'): Shown => ({ key, list, title: `Title ${key}`, figures: { price } });

describe('what a page notices', () => {
	it('the first look only learns what is there', () => {
		const watch = new Watch();
		watch.look([thing('a'), thing('b')], 1, false);
		expect(watch.revision).toBe(1);
		expect(watch.changes).toEqual([]);
	});

	it('tells what changed, with its time and whose it was, newest first', () => {
		const watch = new Watch();
		watch.look([thing('a')], 1, false);
		watch.look([thing('a', '2')], 5, true);
		watch.look([thing('b'), thing('a', '2')], 9, false);
		expect(watch.changes).toEqual([
			{ at: 9, key: 'b', title: 'Title b', isOwn: false },
			{ at: 5, key: 'a', title: 'Title a', isOwn: true, figure: 'price', from: '1', to: '2' },
		]);
	});

	it('gives what is newer than a revision, each with what follows it in its list, and what is gone', () => {
		const watch = new Watch();
		watch.look([thing('a'), thing('c'), thing('o', '1', 'orders')], 1, false);
		watch.look([thing('a'), thing('c'), thing('o', '1', 'orders')], 2, false);
		expect(watch.revision).toBe(1);
		watch.look([thing('b'), thing('c')], 3, false);
		expect(watch.since(1)).toEqual({ things: [{ thing: thing('b'), before: 'c' }], gone: ['a', 'o'] });
		expect(watch.since(watch.revision)).toEqual({ things: [], gone: [] });
		watch.look([thing('a'), thing('b'), thing('c')], 4, false);
		expect(watch.since(1)).toEqual({ things: [{ thing: thing('b'), before: 'c' }, { thing: thing('a'), before: 'b' }], gone: ['o'] });
	});
});

describe('a piece of a page', () => {
	it('escapes values, and takes other pieces as they are', () => {
		const inner = html`<b title="${`"'&`}">${'<script>'}</b>`;
		expect(html`<p>${inner}${[inner, false, undefined, 5]}</p>`.text).toBe(`<p>${inner.text}${inner.text}5</p>`);
		expect(inner.text).toBe('<b title="&quot;&#39;&amp;">&lt;script&gt;</b>');
	});
});
