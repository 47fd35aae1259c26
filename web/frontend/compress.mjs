// Writes a .gz and a .br copy beside every built text file; the web server sends these as they are.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = join(import.meta.dirname, '../static/dist');
for (const file of readdirSync(dist, { recursive: true })) {
  if (!/\.(js|css|svg|json)$/.test(file)) continue;
  const path = join(dist, file);
  const content = readFileSync(path);
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(content, brotli));
}
