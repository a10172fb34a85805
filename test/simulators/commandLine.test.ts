import { readCommandLine } from './commandLine.cts';

describe('the command line of the simulators', () => {
	it('has a default for everything', () => {
		const { moySklad, bitrix } = readCommandLine([]);
		expect(moySklad).toMatchObject({ seed: 1, size: { products: 200 }, port: 4010 });
		expect(bitrix).toMatchObject({ seed: 1, orders: 20, deals: 0, port: 4020, edition: 'cloud', inventory: 'N' });
		expect([moySklad.demoPage, bitrix.demoPage]).toEqual([false, false]);
	});

	it('takes sizes, seed and ports', () => {
		const { moySklad, bitrix } = readCommandLine(['--products', '5000', '--orders=7', '--deals', '9', '--seed', '3', '--moysklad-port', '0', '--edition', 'box']);
		expect(moySklad).toMatchObject({ seed: 3, size: { products: 5000 }, port: 0 });
		expect(bitrix).toMatchObject({ seed: 3, orders: 7, deals: 9, edition: 'box' });
	});

	it('shows pages only when they are asked for', () => {
		const { moySklad, bitrix } = readCommandLine(['--demo-page']);
		expect([moySklad.demoPage, bitrix.demoPage]).toEqual([true, true]);
	});

	it.each([['--products', '-1'], ['--products', 'many'], ['--edition', 'moon'], ['--unknown', '1'], ['extra']])('refuses %s %s', (...args) =>
		expect(() => readCommandLine(args)).toThrow(),
	);
});
