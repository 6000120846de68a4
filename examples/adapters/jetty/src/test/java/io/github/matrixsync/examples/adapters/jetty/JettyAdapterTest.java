package io.github.matrixsync.examples.adapters.jetty;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.contract.AdapterContract;
import io.github.matrixsync.examples.adapters.contract.HangUps;
import io.github.matrixsync.examples.adapters.contract.Threads;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

class JettyAdapterTest extends AdapterContract {
  private static final int MOST_THREADS = 16;

  JettyAdapterTest() {
    super("jetty");
  }

  static List<Threads> variants() {
    return Threads.available();
  }

  @Override
  protected Adapter start(SyncApi engine, AccessTokens tokens) {
    return JettyAdapter.start(engine, tokens, threadPool());
  }

  @Override
  protected HangUps hangUps() {
    return HangUps.UNNOTICED;
  }

  private QueuedThreadPool threadPool() {
    QueuedThreadPool pool = new QueuedThreadPool(MOST_THREADS);
    if (threads == Threads.VIRTUAL) {
      pool.setVirtualThreadsExecutor(threads.executor());
    }
    return pool;
  }
}
