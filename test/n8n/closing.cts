import type { Server } from 'node:http';

/** Ends a server with the connections that it has. */
export async function closeServer(server: Server): Promise<void> {
	server.closeAllConnections();
	await new Promise((closed) => server.close(closed));
}
