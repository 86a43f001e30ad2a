/** Fetches the file of a job by its ticket, from the station that the seat speaks to. `null`: it is gone, or cannot be reached. */
export const createResultSource = (stationUrl: string) => {
  const url = new URL(stationUrl);
  url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
  url.pathname = '/results';
  return (ticket: string): Promise<Blob | null> =>
    fetch(url, { method: 'POST', body: ticket }).then(
      (answer) => (answer.ok ? answer.blob() : null),
      () => null,
    );
};
