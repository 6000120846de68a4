package org.example;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.store.memory.MemoryEventStore;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An application with an engine, which Spring closes at the end. */
@SpringBootApplication
public class Host {
  @Bean
  MemoryEventStore store() {
    return MemoryEventStore.create();
  }

  @Bean
  SyncEngine engine(MemoryEventStore store) {
    return SyncEngine.builder(store).build();
  }
}
