import { certificateFault, checkN8n, expiryFindings, readMetrics, readTables, USUAL_TABLE_LIMIT, type N8nSeen } from '../../../core';

const seen = (more: Partial<N8nSeen> = {}): N8nSeen => ({ version: '2.41.1', queueMode: false, inbox: 'dataTable', concurrencyLimit: -1, tables: [{ name: 'msbx_inbox' }], tableLimit: USUAL_TABLE_LIMIT, ...more });

const codes = (more: Partial<N8nSeen>): string[] => checkN8n(seen(more)).findings.map(({ severity, code }) => `${severity} ${code}`);
const HALF = USUAL_TABLE_LIMIT / 2;

describe('What Sync Check makes of n8n', () => {
	it('is nothing for a sound one, and for one of which nothing is known', () => {
		expect(codes({})).toEqual([]);
		expect(codes({ version: null, queueMode: null, inbox: null, concurrencyLimit: null, tables: null })).toEqual([]);
	});

	it.each<[string, Partial<N8nSeen>, string[]]>([
		['an older one', { version: '2.11.1' }, ['warning CHECK_N8N_OLD']],
		['nothing of the oldest that works', { version: '2.11.2' }, []],
		['a much older one', { version: '1.123.4' }, ['warning CHECK_N8N_OLD']],
		['nothing of newer ones', { version: 'v2.100.0-beta.1' }, []],
		['nothing of what is no version', { version: 'latest' }, []],
		['queue mode with an inbox of one process', { queueMode: true }, ['warning CHECK_QUEUE_INBOX']],
		['nothing of queue mode with PostgreSQL', { queueMode: true, inbox: 'postgresql', tables: [] }, []],
		['no inbox', { inbox: 'none' }, ['warning CHECK_NO_INBOX']],
		['an inbox that is not there; a name that contains it is another', { tables: [{ name: 'msbx_inbox_old' }] }, ['warning CHECK_INBOX_MISSING']],
		['two inboxes', { tables: [{ name: 'msbx_inbox' }, { name: 'msbx_inbox' }] }, ['error CHECK_INBOX_TWICE']],
		['tables that are half full', { tables: [{ name: 'msbx_inbox', bytes: HALF - 10 }, { name: 'notes', bytes: 10 }] }, ['warning CHECK_TABLES_FULL']],
		['nothing of tables that are not', { tables: [{ name: 'msbx_inbox', bytes: HALF - 1 }] }, []],
		['rows that fill half of it', { tables: [{ name: 'msbx_inbox', rows: HALF / 500 }] }, ['warning CHECK_TABLES_FULL']],
		['a limit that holds up answers', { concurrencyLimit: 5 }, ['warning CHECK_CONCURRENCY']],
		['nothing of the limit of workers', { concurrencyLimit: 5, queueMode: true, inbox: 'postgresql' }, []],
	])('R241, N5, N7: is %s', (_what, more, expected) => expect(codes(more)).toEqual(expected));

	it('R248: are facts, with what is not known as such', () => {
		const { facts } = checkN8n(seen({ queueMode: null, tables: [{ name: 'msbx_inbox', rows: 12, bytes: 3 * 1024 * 1024 }] }));
		expect(Object.fromEntries(facts.map(({ what, value }) => [what, value]))).toEqual({ version: '2.41.1', testedVersion: '2.41.1', queueMode: null, inbox: 'dataTable', dataTableMegabytes: 3, inboxRows: 12 });
	});

	it('reads version and mode from the metrics, and nothing from anything else', () => {
		const text = '# HELP n8n_version_info n8n version info.\n# TYPE n8n_version_info gauge\nn8n_version_info{version="v2.41.1",major="2",minor="41",patch="1"} 1\n';
		expect(readMetrics(text)).toEqual({ version: '2.41.1', queueMode: null });
		expect(readMetrics(`${text}n8n_scaling_mode_queue_jobs_waiting 0\n`)).toEqual({ version: '2.41.1', queueMode: true });
		expect(readMetrics('<html>version_info</html>')).toBeUndefined();
	});

	it('takes lists of tables only', () => {
		expect(readTables([{ name: 'a', id: 1, rows: 3 }, { name: 'b', bytes: -1 }])).toEqual([{ name: 'a', rows: 3 }, { name: 'b' }]);
		expect(readTables([{ id: 1 }])).toBeUndefined();
		expect(readTables('none')).toBeUndefined();
	});
});

it.each([['DEPTH_ZERO_SELF_SIGNED_CERT', 'CHECK_CERTIFICATE_SELF_SIGNED'], ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CHECK_CERTIFICATE_CHAIN'], ['CERT_HAS_EXPIRED', 'CHECK_CERTIFICATE_EXPIRED'], ['ERR_TLS_CERT_ALTNAME_INVALID', 'CHECK_CERTIFICATE_NAME'], ['CERT_REVOKED', 'CHECK_CERTIFICATE']])(
	'R216: %s is %s', (reason, code) => expect(certificateFault(reason)).toBe(code));

describe('R215: what was entered as the end of an access', () => {
	const now = Date.UTC(2026, 10, 30);
	it.each([['', []], ['no date', []], ['2027-02-01', []], ['2026-12-20', ['warning CHECK_EXPIRES_SOON']], ['2026-11-30T00:00:00Z', ['error CHECK_EXPIRED']], ['2026-11-01', ['error CHECK_EXPIRED']]])(
		'%s', (ends, expected) => expect(expiryFindings('bitrix', 'Bitrix', ends, now).map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected));
});
