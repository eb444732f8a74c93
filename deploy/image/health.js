// The image's health check: exit code 0 while the server answers.
try {
  const url = `http://127.0.0.1:${process.env.PORT || 4000}/health`;
  const response = await fetch(url, { signal: AbortSignal.timeout(3_000) });
  process.exitCode = response.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
