import fc from 'fast-check';
import {
	allEmptied, amountChanges, asSitePriceTypes, catalogIds, changedFields, Decimal, guardShare, isOnSite, linkAfter, pricesDocument, pricesToSend, readExchangeLink, restsDocument,
	restsOf, sentAmounts, sitePriceTypes, totalOf,
	type CmlStore, type ExchangeLink, type FieldValue, type FieldValues, type PriceSettings, type Remembered, type SitePriceType,
} from '../../../../core';

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
/** An id `__proto__` gets lost in objects: what has it is sent again each time, which does no harm. */
const ids = words.filter((word) => word !== '__proto__');
const some = fc.string({ unit: fc.constantFrom('a', 'Ж', '"', '\\', '\n', '{', ' ', '😀', '7'), maxLength: 12 });
const targets = fc.constantFrom('name', 'article', 'detailText', 'vat', 'weight', 'section', 'property:a', 'property:b', 'property:Ж "x"');
const value: fc.Arbitrary<FieldValue> = fc.oneof(
	some, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.array(some, { minLength: 1, maxLength: 3 }),
	fc.record({ id: fc.option(some, { nil: null }), name: some }), fc.record({ amount: some, currency: fc.option(some, { nil: null }) }),
);
const values: fc.Arbitrary<FieldValues> = fc.uniqueArray(fc.tuple(targets, value), { selector: ([target]) => target, maxLength: 6 }).map((pairs) => Object.fromEntries(pairs));

const place = 'catalog';
const who: fc.Arbitrary<Remembered> = fc.record({
	flow: words, type: fc.constantFrom('product', 'variant', 'service'), key: words, moySkladId: fc.uuid(), externalCode: fc.option(some, { nil: null }), parent: fc.option(some, { nil: null }),
});
const snapshot = fc.record({
	removed: fc.boolean(), variants: fc.boolean(), prices: fc.dictionary(ids, some), amounts: fc.dictionary(ids, fc.double({ noNaN: true, noDefaultInfinity: true }).map((amount) => amount + 0)),
});
const pictures = fc.dictionary(ids, some);

const links: fc.Arbitrary<ExchangeLink> = fc.tuple(who, values, snapshot, pictures).map(([owner, sent, rest, images]) => linkAfter(owner, undefined, { values: sent, pictures: images, snapshot: { place, ...rest } }));
const ownerOf = ({ flow, moySkladId, key }: ExchangeLink) => ({ flow, place, moySkladId: moySkladId ?? '', key });
const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;

describe('I2: what was sent', () => {
	it('and did not change is not sent again', () => {
		fc.assert(fc.property(who, fc.option(links, { nil: undefined }), values, (owner, before, sent) => {
			const after = linkAfter(owner, before, { values: sent, snapshot: { place } });
			expect(changedFields(sent, after)).toEqual([]);
			expect(changedFields(sent, readExchangeLink(JSON.stringify(after), ownerOf(after)))).toEqual([]);
		}));
	});

	it('is sent again exactly where it changed', () => {
		fc.assert(fc.property(who, values, values, (owner, sent, wanted) => {
			const after = linkAfter(owner, undefined, { values: sent, snapshot: { place } });
			const differing = Object.keys(wanted).filter((target) => JSON.stringify(wanted[target]) !== JSON.stringify(sent[target]));
			expect(changedFields(wanted, after).sort()).toEqual(differing.sort());
		}));
	});

	it('earlier and not now is still known', () => {
		fc.assert(fc.property(links, values, (before, sent) => {
			const after = linkAfter(before, before, { values: sent, snapshot: { place } });
			for (const [target, mark] of Object.entries(before.written)) if (!(target in sent)) expect(after.written[target]).toBe(mark);
			expect(after).toMatchObject({ pictures: before.pictures, snapshot: before.snapshot });
			expect(isOnSite(after)).toBe('name' in sent || isOnSite(before));
		}));
	});

	it('is the same after a way as text, through any table', () => {
		fc.assert(fc.property(links, (link) => {
			expect(readExchangeLink(JSON.stringify(link), ownerOf(link))).toEqual(link);
			expect(readExchangeLink(JSON.parse(JSON.stringify(link)), ownerOf(link))).toEqual(link);
		}));
	});
});

describe('I2, I3: a link', () => {
	const another = <Key extends 'flow' | 'moySkladId' | 'key'>(link: ExchangeLink, part: Key, other: string): unknown => readExchangeLink(link, { ...ownerOf(link), [part]: other });

	it('of another flow, of another item or with another key is refused', () => {
		fc.assert(fc.property(links, words, (link, other) => {
			fc.pre(other !== link.flow && other !== link.key);
			expect(() => another(link, 'flow', other)).toThrow(code('EXCHANGE_LINK_INVALID'));
			expect(() => another(link, 'moySkladId', other)).toThrow(code('EXCHANGE_LINK_INVALID'));
			expect(() => another(link, 'key', other)).toThrow(code('EXCHANGE_KEY_CHANGED'));
		}));
	});

	it('of another catalog counts for nothing', () => {
		fc.assert(fc.property(links, (link) => expect(readExchangeLink(link, { ...ownerOf(link), place: 'another' })).toBeUndefined()));
	});

	it('is either a link, or none, or refused with a code, whatever it is', () => {
		const anything = fc.oneof(fc.anything(), fc.json(), links.chain((link) => fc.constantFrom(...Object.keys(link)).chain((key) => fc.anything().map((other) => ({ ...link, [key]: other })))));
		fc.assert(fc.property(anything, (given) => {
			try {
				const link = readExchangeLink(given, { flow: 'f', place });
				if (link) expect(link).toMatchObject({ flow: 'f', snapshot: { place } });
			} catch (error) {
				expect(error).toMatchObject({ code: 'EXCHANGE_LINK_INVALID' });
			}
		}));
	});
});

const settings: PriceSettings = { zero: 'skip', largestFall: 50, currencies: new Map(), plainCurrency: 'RUB', usedCurrencies: undefined };
const types: fc.Arbitrary<SitePriceType[]> = fc.integer({ min: 1, max: 4 }).map((count) =>
	sitePriceTypes(Array.from({ length: count }, (_, index) => ({ from: `type ${index}`, id: `id-${index}`, name: `Price ${index}`, currency: 'RUB', vatIncluded: true })), true),
);
const kopecks = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 100_000_000 }) }, fc.constant(0));
const money = (units: number): FieldValue => ({ amount: Decimal.of(units).times('0.01').toString(), currency: 'RUB' });
/** Prices of MoySklad by their type; some are missing, or no prices. */
const given = fc.array(fc.oneof({ weight: 8, arbitrary: kopecks.map(money) }, { weight: 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom<FieldValue>('free', '-1', { amount: '5', currency: null }) }), { minLength: 4, maxLength: 4 });
const from = (list: ReadonlyArray<FieldValue | undefined>) => (type: string): FieldValue | undefined => list[Number(type.replace('type ', ''))];

describe('P2: prices over the exchange', () => {
	const ids = catalogIds();

	it('go of all types of the site or not at all, and so that the file takes them', () => {
		fc.assert(fc.property(types, given, fc.constantFrom('skip', 'write', 'delete', 'deactivate'), (site, list, zero) => {
			const { prices, warnings } = pricesToSend(site, from(list), {}, { ...settings, zero });
			if (prices === undefined) return expect(warnings.map((warning) => warning.code)).toContain('COMMERCEML_PRICES_INCOMPLETE');
			expect(prices.map(({ typeId }) => typeId)).toEqual(site.map(({ id }) => id));
			expect(pricesDocument({ ids, formed: '', priceTypes: asSitePriceTypes(site) }).fault({ id: 'a', prices })).toBeUndefined();
		}));
	});

	it('that were sent do not differ from themselves', () => {
		fc.assert(fc.property(types, given, (site, list) => {
			const first = pricesToSend(site, from(list), {}, settings);
			const again = pricesToSend(site, from(list), first.remembered, settings);
			expect([again.changes, again.hold, again.remembered]).toEqual([[], undefined, first.remembered]);
		}));
	});

	it('P1: are held exactly when one of them falls by more than the limit', () => {
		fc.assert(fc.property(types, fc.array(fc.tuple(kopecks, kopecks), { minLength: 4, maxLength: 4 }), fc.integer({ min: 1, max: 100 }), (site, pairs, largestFall) => {
			const { remembered } = pricesToSend(site, from(pairs.map(([before]) => money(before))), {}, settings);
			const { hold } = pricesToSend(site, from(pairs.map(([, after]) => money(after))), remembered, { ...settings, largestFall });
			const falls = pairs.slice(0, site.length).some(([before, after]) => before > 0 && after > 0 && after * 100 < before * (100 - largestFall));
			expect(hold !== undefined).toBe(falls);
		}));
	});

	it('never go before somebody says that these are all types', () => {
		fc.assert(fc.property(types, (site) => {
			const rows = site.map(({ from: source, id, name, currency }) => ({ from: source, id, name: name ?? '', currency, vatIncluded: true }));
			expect(() => sitePriceTypes(rows, false)).toThrow(code('COMMERCEML_PRICE_TYPES_UNCONFIRMED'));
			expect(() => sitePriceTypes([...rows, ...rows], true)).toThrow(code('EXCHANGE_PRICE_TYPE_ID'));
		}));
	});
});

describe('amounts over the exchange', () => {
	const stores: fc.Arbitrary<CmlStore[]> = fc.nat({ max: 3 }).map((count) => Array.from({ length: count }, (_, index) => ({ id: `s${index}`, name: `S${index}`, address: null, comment: null, contacts: [] })));
	const offers = fc.array(fc.nat({ max: 100_000 }).map((thousandths) => thousandths / 1000), { minLength: 4, maxLength: 4 }).map((list) => new Map(list.map((amount, index) => [index, amount])));

	it('go to all stores of the site, or in all, and so that the file takes them', () => {
		fc.assert(fc.property(stores, offers, (site, amounts) => {
			const sent = sentAmounts(amounts, site);
			expect(Object.keys(sent)).toEqual(site.length === 0 ? [''] : site.map(({ id }) => id));
			expect(restsDocument({ ids: catalogIds(), formed: '', stores: site }).fault(restsOf('a', sent))).toBeUndefined();
		}));
	});

	it('differ exactly where another amount was sent', () => {
		fc.assert(fc.property(stores, offers, offers, (site, before, after) => {
			const [sent, wanted] = [sentAmounts(before, site), sentAmounts(after, site)];
			expect(amountChanges(sent, sent, site)).toEqual([]);
			expect(amountChanges(wanted, sent, site)).toHaveLength(Object.keys(wanted).filter((id) => wanted[id] !== sent[id]).length);
		}));
	});

	it('S6: that would leave nothing to buy of items of which nothing is known are never taken for granted', () => {
		fc.assert(fc.property(fc.array(stores.chain((site) => offers.map((amounts) => sentAmounts(amounts, site))), { maxLength: 6 }), fc.integer({ min: 0, max: 6 }), (all, fewest) => {
			const isEmpty = all.length > 0 && all.length >= fewest && all.every((amounts) => totalOf(amounts) === 0);
			expect(allEmptied(all, fewest)?.code).toBe(isEmpty ? 'EXCHANGE_ALL_EMPTY' : undefined);
		}));
	});
});

describe('C4: a run that hides what is missing', () => {
	it('stops exactly when it would hide a larger share than allowed', () => {
		fc.assert(fc.property(fc.nat({ max: 1000 }), fc.nat({ max: 1000 }), fc.integer({ min: 0, max: 100 }), (missing, left, percent) => {
			const total = missing + left;
			const stops = total > 0 && missing / total > percent / 100 + 1e-12;
			if (stops) expect(() => guardShare(missing, total, percent)).toThrow(code('CATALOG_TOO_MANY_MISSING'));
			else expect(() => guardShare(missing, total, percent)).not.toThrow();
		}));
	});
});
