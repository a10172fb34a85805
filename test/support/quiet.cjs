// n8n's logger prints every NodeApiError that a test provokes on purpose.
process.env.N8N_LOG_LEVEL ??= 'silent';
