import type { Socket } from 'node:net';
import { MilterFault } from './fault.ts';
import { PacketReader } from './packet.ts';
import { MilterSession, type SessionMeans } from './session.ts';

/** Milliseconds for the MTA to close its end; Postfix does not look at the socket before its client's next message. */
const LINGER = 1_000;

/** A connection of an MTA. */
export interface Connection {
  /** No new message; the connection ends after the one under way. */
  readonly stop: () => void;
  /** Ends at once; the MTA does with a message under way what its own setting says. */
  readonly cut: () => void;
}

/**
 * Serves an MTA over a socket until either end closes it. What is not the protocol, and any defect of the program, costs
 * this connection and is logged; nothing is thrown.
 */
export function serveConnection(socket: Socket, means: SessionMeans): Connection {
  const { log, limits } = means;
  const reader = new PacketReader(limits.packetBytes);
  const cut = (): void => {
    session.end();
    socket.destroy();
  };
  const fail = (defect: unknown): void => {
    cut();
    if (defect instanceof MilterFault) {
      log(`a connection is closed: ${defect.message}`, { level: 'warning', event: 'milter-fault' });
    } else {
      log(`a connection is closed by a defect: ${String(defect)}`, { level: 'error', event: 'milter-defect' });
    }
  };
  const session = new MilterSession(means, {
    send: (bytes) => void socket.write(bytes),
    end: () => {
      socket.end();
      socket.setTimeout(LINGER);
    },
    fail,
  });

  socket.setNoDelay(true);
  socket.setTimeout(limits.idle, () => {
    if (socket.writableEnded) cut();
    else fail(new MilterFault(`nothing came for ${limits.idle} ms`));
  });
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const packet of reader.read(chunk)) {
        // What comes behind the end has nobody to answer it.
        if (socket.writableEnded || socket.destroyed) return;
        session.take(packet);
      }
    } catch (error) {
      fail(error);
    }
  });
  socket.on('end', () => {
    if (reader.isAmid) fail(new MilterFault('the connection broke off within a packet'));
    else socket.end();
  });
  // An MTA that is gone has told nobody why; the close that follows ends the session.
  socket.on('error', cut);
  socket.on('close', () => session.end());
  return { stop: () => session.stop(), cut };
}
