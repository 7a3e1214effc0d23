/** Reads single keys from a terminal, and lines' first letters where there is none. @returns how to stop reading */
export function readKeys(press: (key: string) => void, stream: NodeJS.ReadStream = process.stdin): () => void {
  const raw = stream.isTTY === true;
  if (raw) stream.setRawMode(true);
  const onData = (data: Buffer) => {
    for (const key of data.toString('utf8')) press(key === '\u0003' || key === '\u0004' ? 'q' : key.toLowerCase());
  };
  stream.on('data', onData);
  stream.resume();
  return () => {
    stream.off('data', onData);
    if (raw) stream.setRawMode(false);
    stream.pause();
  };
}
