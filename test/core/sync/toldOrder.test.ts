import { settledStanding, toldOf, type ToldStanding } from '../../../core';

const standing = (more: Partial<ToldStanding> = {}): ToldStanding => ({ status: 'N', canceled: false, paid: false, ...more });

describe('how an order of a site stood before the site changed it', () => {
	const settled = (now: Partial<ToldStanding>, seen: Partial<ToldStanding>, said: Partial<ToldStanding>) => settledStanding(standing(now), { seen: standing(seen), said: standing(said) });

	it('is cancelled when it was told so, although the site has reopened it: a site that can be told of a cancellation takes it', () => {
		expect(settled({}, {}, { canceled: true })).toMatchObject({ canceled: true });
		expect(settled({ canceled: true }, { canceled: true }, { canceled: false })).toMatchObject({ canceled: false });
	});

	it('has the status that was told, unless nothing shows that the site took it', () => {
		expect(settled({ status: 'A' }, {}, { status: 'A' })).toMatchObject({ status: 'A' });
		expect(settled({ status: 'B' }, {}, { status: 'A' })).toMatchObject({ status: 'A' });
		expect(settled({}, {}, { status: 'A' })).toMatchObject({ status: 'N' });
		expect(settled({ statusAt: '1' }, { statusAt: '1' }, { status: 'A' })).toMatchObject({ status: 'N' });
	});

	it('has the status that was told, too, when the site says that it got its present one anew', () => {
		expect(settled({ statusAt: '2' }, { statusAt: '1' }, { status: 'A' })).toMatchObject({ status: 'A' });
	});

	it('is paid when it was told so and still is', () => {
		expect(settled({ paid: true }, {}, { paid: true })).toMatchObject({ paid: true });
		expect(settled({}, {}, { paid: true })).toMatchObject({ paid: false });
		expect(settled({ paid: true }, {}, {})).toMatchObject({ paid: false });
	});

	it('is told from what the site showed last, however often it is told since', () => {
		const first = toldOf(undefined, standing(), standing({ status: 'A' }));
		expect(first).toEqual({ seen: standing(), said: standing({ status: 'A' }) });
		expect(toldOf(first, standing({ status: 'A' }), standing({ status: 'B' }))).toEqual({ seen: standing(), said: standing({ status: 'B' }) });
		expect(toldOf(first, standing({ status: 'A' }), standing())).toEqual({ seen: standing(), said: standing() });
		expect(toldOf(undefined, standing(), standing())).toBeUndefined();
	});
});
