import { plainHttp } from '../../../../nodes/Sync/check/plainHttp';

describe('R210: a credential that leads out of the own network without https', () => {
	const told = (url: string): string[] => plainHttp('moySklad', url).map(({ area, code }) => `${area} ${code}`);

	it.each(['http://10.example.com/api', 'http://localhost.example.com', 'HTTP://api.example.com'])('is a finding: %s', (url) => expect(told(url)).toEqual(['moySklad CHECK_PLAIN_HTTP']));

	it.each(['https://api.example.com', 'http://172.17.0.2:8080/api', 'http://10.0.0.7', 'http://[::1]:80', 'http://localhost'])('is none: %s', (url) => expect(told(url)).toEqual([]));
});
