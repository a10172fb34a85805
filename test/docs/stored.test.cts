import { NEED_MORE } from '../package/importedShop.cts';
import { page } from './pages.cts';

describe('Which workflows of a release are compared only, and not run, is said', () => {
	it.each(['docs/upgrading.md', 'docs/ru/upgrading.md', 'README.md'])('in %s', (file) => {
		const paragraph = page(file).text.split('\n').find((line) => NEED_MORE.every((number) => new RegExp(`(?<![\\w-])${number}(?!\\w)`).test(line)));
		expect(paragraph).toBeDefined();
	});
});
