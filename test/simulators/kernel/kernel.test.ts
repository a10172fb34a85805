import { makeBench, startSimulator, type Platform } from './simulator.cts';
it('starts', async () => {
	const platform: Platform = { name: 'x', route: (c) => c.path, answer: async () => ({ status: 200, headers: {}, body: 'ok' }), refusal: () => ({ status: 500, headers: {}, body: '' }) };
	const running = await startSimulator(platform, makeBench(1));
	const answer = await fetch(running.url + '/a?b=c');
	expect(await answer.text()).toBe('ok');
	expect(running.counters.snapshot().calls).toBe(1);
	await running.close();
});
