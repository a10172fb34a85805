import { startBitrix, type RunningBitrix } from './bitrix/start.cts';
import { readCommandLine, USAGE, type Wanted } from './commandLine.cts';
import { startMoySklad, type RunningMoySklad } from './moysklad/start.cts';
import { PAGE_PATH } from './pages/livePage.cts';

/** Both simulators alone, until Ctrl-C. */
async function main(): Promise<void> {
	const wanted = readWanted();
	if (!wanted) return;
	const moySklad = await onFreePort(async (port) => await startMoySklad({ ...wanted.moySklad, port }), wanted.moySklad.port);
	const bitrix = await onFreePort(async (port) => await startBitrix({ ...wanted.bitrix, port }), wanted.bitrix.port);
	console.log(summary(moySklad, bitrix));
	const stop = async (): Promise<void> => {
		await Promise.all([moySklad.close(), bitrix.close()]);
		process.exit(0);
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

function readWanted(): Wanted | undefined {
	try {
		return readCommandLine(process.argv.slice(2));
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
		process.exitCode = 2;
		return undefined;
	}
}

async function onFreePort<T>(start: (port: number) => Promise<T>, port = 0): Promise<T> {
	try {
		return await start(port);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
		console.log(`Port ${port} is taken, so another one is used.`);
		return await start(0);
	}
}

function exchangeOf({ portal, exchange }: RunningBitrix): string[] {
	if (portal.options.edition === 'cloud') return ['  1C exchange     none in the cloud; --edition site or --edition box has it'];
	return [
		`  1C exchange     ${exchange.url}`,
		`  Login, password ${exchange.login}   ${exchange.password}   (for the 1C exchange)`,
	];
}

function summary(moySklad: RunningMoySklad, bitrix: RunningBitrix): string {
	const { admin, integration } = moySklad.users;
	return [
		'',
		'MoySklad',
		`  Base URL        ${moySklad.baseUrl}`,
		`  Token           ${integration.token}   (administrator “${integration.login}”, for the integration)`,
		`  Login, password ${admin.login}   ${admin.password}   (administrator, to play a person)`,
		`  Control         ${moySklad.url}/_simulator/counters`,
		...(moySklad.page ? [`  Page            ${moySklad.url}${PAGE_PATH}`] : []),
		'',
		'Bitrix',
		`  Webhook URL     ${bitrix.webhookUrl}`,
		`  OAuth2          client ${bitrix.oauth.clientId}, secret ${bitrix.oauth.clientSecret}`,
		`                  authorize ${bitrix.oauth.authorizeUrl}, token ${bitrix.oauth.tokenUrl}`,
		`                  application token ${bitrix.oauth.applicationToken}   (comes with events)`,
		...exchangeOf(bitrix),
		`  Catalog         ${bitrix.catalogs.main.products} (offers ${bitrix.catalogs.main.offers})`,
		`  Control         ${bitrix.url}/_simulator/counters`,
		...(bitrix.page ? [`  Page            ${bitrix.url}${PAGE_PATH}`] : []),
		'',
		'Ctrl-C ends both.',
	].join('\n');
}

void main();
