import fc from 'fast-check';
import { bundleIsFresh, changedAt, timedAmount, timedDrift, toMoscow, type Drift } from '../../../core';

const NOW = Date.UTC(2026, 10, 30, 9);
const MINUTE = 60_000;
const at = (minutes: number): string => toMoscow(NOW - minutes * MINUTE);
const drift = (more: Partial<Drift> = {}): Drift => ({ kind: 'name', severity: 'medium', key: 'k', entity: 'product', moySkladId: 'm', bitrixId: '7', name: 'Cup', field: 'Name', moySklad: 'a', bitrix: 'b', repair: 'items', code: null, ...more });
const minutesAgo = (row: unknown, more: Partial<Drift> = {}): number | null => {
	const moment = changedAt(row, drift(more));
	return moment === null ? null : (NOW - moment) / MINUTE;
};

describe('when MoySklad’s side changed last', () => {
	it.each<[string, unknown, Partial<Drift>, number | null]>([
		['is the item’s own moment', { updated: at(90) }, {}, 90],
		['is later when what came with it changed later', { updated: at(90), productFolder: { updated: at(5) }, images: { rows: [{ updated: at(7) }] } }, {}, 5],
		['is unknown without a moment', { name: 'Cup' }, {}, null],
		['is unknown for what is no moment', { updated: 'yesterday' }, {}, null],
		['is unknown for what was deleted', { deleted: true }, {}, null],
		['of a variant is that of its product, too', { updated: at(90), product: { updated: at(1) } }, { entity: 'variant' }, 1],
		['of a variant is unknown without its product', { updated: at(90), product: { meta: {} } }, { entity: 'variant' }, null],
		['of payments is that of the payments', { updated: at(90), payments: [{ updated: at(80) }, { updated: at(2) }] }, { kind: 'orderPaid', entity: 'customerorder' }, 2],
		['of payments is unknown when one did not come along', { updated: at(90), payments: [{ updated: at(80) }, { meta: {} }] }, { kind: 'orderPaid', entity: 'customerorder' }, null],
		['of shipments is unknown when none came along', { updated: at(90) }, { kind: 'orderShipped', entity: 'customerorder' }, null],
		['of an order’s state is the order’s', { updated: at(90) }, { kind: 'orderStatus', entity: 'customerorder' }, 90],
	])('%s', (_what, row, more, expected) => expect(minutesAgo(row, more)).toBe(expected));
});

describe('a difference that is one for too long', () => {
	it('has a code of its own, and a fresh one has none', () => {
		expect(timedDrift(drift(), NOW - 61 * MINUTE, NOW, 60)).toEqual({ ...drift(), changedAt: '2026-11-30T07:59:00.000Z', overdue: 'DRIFT_OVERDUE' });
		expect(timedDrift(drift(), NOW - 60 * MINUTE, NOW, 60).overdue).toBeNull();
		expect(timedDrift(drift(), null, NOW, 60)).toMatchObject({ changedAt: null, overdue: null });
	});

	it('is not looked for unless somebody says how long is too long', () => expect(timedDrift(drift(), 0, NOW, 0).overdue).toBeNull());

	it('is not one of those that no operation writes: flows fail with their code, and say so', () => {
		const refused = drift({ repair: null, code: 'CATALOG_TYPE_CONFLICT' });
		expect(timedDrift(refused, NOW - 61 * MINUTE, NOW, 60)).toMatchObject({ code: 'CATALOG_TYPE_CONFLICT', overdue: null });
		expect(timedAmount(refused, new Set(['other'])).overdue).toBeNull();
	});

	it('law: is told exactly when it is older', () => {
		fc.assert(fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 10_000 }), (age, minutes) => {
			expect(timedDrift(drift(), NOW - age * MINUTE, NOW, minutes).overdue !== null).toBe(age > minutes);
		}));
	});

	it('of amounts is what MoySklad does not count among its latest changes', () => {
		expect(timedAmount(drift(), new Set(['other'])).overdue).toBe('DRIFT_OVERDUE');
		expect(timedAmount(drift(), new Set(['m'])).overdue).toBeNull();
		expect(timedAmount(drift(), undefined).overdue).toBeNull();
	});

	describe('of the amount of a bundle', () => {
		const [CUP, PAN, POT] = ['1', '2', '3'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`) as [string, string, string];
		const bundle = (more: object = {}) => ({ id: 'b', updated: at(90), components: { rows: [CUP, PAN].map((id) => ({ quantity: 1, assortment: { meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/product/${id}`, type: 'product' } } })) }, ...more });
		const isFresh = (ids: string[], more = {}): boolean => bundleIsFresh(bundle(more), new Set(ids), NOW - 60 * MINUTE);

		it('needs a component, or the bundle itself, that changed', () => {
			expect([isFresh([]), isFresh([POT]), isFresh([PAN]), isFresh([], { updated: at(10) })]).toEqual([false, false, true, true]);
		});

		it('is never told where nobody can tell', () => {
			expect([isFresh([], { updated: undefined }), isFresh([], { components: { meta: {} } }), isFresh([], { components: { rows: [] } })]).toEqual([true, true, true]);
		});
	});
});
