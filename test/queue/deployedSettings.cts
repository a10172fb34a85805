import { composeServices } from './compose.cts';

/** Where the processes of a deployment are, and by which secrets they know one another: a test has its own. */
const OF_THE_PLACE = /^(DB_TYPE|DB_POSTGRESDB_(HOST|PORT|DATABASE|USER|PASSWORD)|QUEUE_BULL_REDIS_.*|N8N_(ENCRYPTION_KEY|HOST|PROTOCOL|WEBHOOK_URL|EDITOR_BASE_URL)|QUEUE_HEALTH_CHECK_ACTIVE)$/;

const ANYTHING = { N8N_HOST: 'n8n.example.com', N8N_ENCRYPTION_KEY: 'key', POSTGRES_PASSWORD: 'password', REDIS_PASSWORD: 'password' };

/** The settings that deploy/docker-compose.yml gives to a kind of process, so that what is tested is what is deployed. */
export function deployedSettings(service: 'main' | 'webhook' | 'worker'): Record<string, string> {
	const { environment = {} } = composeServices(ANYTHING)[service] ?? {};
	return Object.fromEntries(Object.entries(environment).filter(([name]) => !OF_THE_PLACE.test(name)));
}
