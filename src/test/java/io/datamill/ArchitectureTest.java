package io.datamill;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.datamill");

    @Test
    void dependenciesRunOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.datamill..")
                .layer("cli")
                .definedBy("io.datamill.cli..")
                .layer("job")
                .definedBy("io.datamill")
                .layer("operator")
                .definedBy("io.datamill.operator..")
                .layer("pipeline")
                .definedBy("io.datamill.pipeline..")
                .layer("step")
                .definedBy("io.datamill.step..")
                .layer("sink")
                .definedBy("io.datamill.sink..")
                .layer("source")
                .definedBy("io.datamill.source..")
                .layer("expression")
                .definedBy("io.datamill.expression..")
                .layer("sensor")
                .definedBy("io.datamill.sensor..")
                .layer("registry")
                .definedBy("io.datamill.registry..")
                .layer("schema")
                .definedBy("io.datamill.schema..")
                .layer("event")
                .definedBy("io.datamill.event..")
                .layer("config")
                .definedBy("io.datamill.config..")
                .optionalLayer("lab")
                .definedBy("io.datamill.lab..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("job")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("operator")
                .mayOnlyBeAccessedByLayers("job")
                .whereLayer("pipeline")
                .mayOnlyBeAccessedByLayers("job", "cli")
                .whereLayer("source")
                .mayOnlyBeAccessedByLayers("job", "pipeline", "cli")
                .whereLayer("sink")
                .mayOnlyBeAccessedByLayers("job", "pipeline", "cli")
                .whereLayer("step")
                .mayOnlyBeAccessedByLayers("source", "sink", "operator", "pipeline", "job", "cli")
                .whereLayer("sensor")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("registry")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("lab")
                .mayOnlyBeAccessedByLayers("cli")
                .check(MAIN);
    }

    @Test
    void onlySourceAndTheVerdictSinkKnowTheKinesisConnector() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.datamill.source..")
                .and()
                .resideOutsideOfPackage("io.datamill.sink.verdict..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.flink.streaming.connectors.kinesis..", "org.apache.flink.connector.kinesis..")
                .because("the connector shall be exchangeable in one place")
                .check(MAIN);
    }

    @Test
    void onlyTheRegistryOfGlueKnowsGlue() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.datamill.schema.GlueRegistry")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk.services.glue..")
                .because("its library shall be loaded only where it is used")
                .check(MAIN);
    }

    @Test
    void onlyTrainingKnowsTheLibrariesThatTrain() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.datamill.step.score.training..", "io.datamill.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ml.dmlc..", "org.tribuo..")
                .because("the job's jar is without them")
                .check(MAIN);
    }

    @Test
    void onlyTheSessionKnowsOnnxRuntime() {
        noClasses()
                .that()
                .haveNameNotMatching("io\\.datamill\\.step\\.score\\.Onnx(Scorer|Binding|Buffer)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .because("it may be missing where no model takes it")
                .check(MAIN);
    }

    @Test
    void nobodyUsesWhatALibraryHasShaded() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..shaded..", "..repackaged..", "..thirdparty..")
                .because("a relocated copy changes with the library that holds it")
                .check(MAIN);
    }
}
