package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Two nodes behind a pooler that shares connections between transactions. Needs one, and so is not run with the other
 * tests: {@code mvn test -pl sync-store-postgres -am -Dtest=PoolerCheck -Dsurefire.failIfNoSpecifiedTests=false
 * -Dpostgres.pooler='jdbc:postgresql://127.0.0.1:6432/postgres?user=postgres&prepareThreshold=0'}.
 */
class PoolerCheck {
  @Test
  void store_behindAPooler_nodesKnowByLookingAndHealthSaysSo() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(Objects.requireNonNull(System.getProperty("postgres.pooler")));
    String schema = TestServer.newSchema();
    PostgresSchema.migrate(source, schema);
    try (PostgresStore one = PostgresStore.builder(source).schema(schema).open();
        PostgresStore two = PostgresStore.builder(source).schema(schema).open()) {
      List<CompletableFuture<Long>> appends = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        PostgresStore store = i % 2 == 0 ? one : two;
        String name = "a" + i;
        appends.add(CompletableFuture.supplyAsync(
            () -> store.events().append(Sample.live(Sample.message(name))).get(0), OwnThread.EACH));
      }
      assertThat(appends.stream().map(CompletableFuture::join)).doesNotHaveDuplicates();
      Sessions.await(
          "both nodes know",
          () -> one.events().watermark() == 200 && two.events().watermark() == 200);
      assertThat(Sample.log(one.events())).isEqualTo(Sample.log(two.events())).hasSize(200);
      Sessions.await(
          "health says that hints do not arrive",
          () -> one.health().hints() == PostgresHealth.Hints.SILENT);
      assertThat(one.health().failure()).isEmpty();
    }
  }
}
